import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { handOver, runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Cluster, SETTINGS_FILE } from './cluster.ts';
import { readPid } from './postmaster.ts';
import { run } from './run.ts';

const LOG_FILE = 'postgres.log';
const LOG_BYTES = 5_000_000;
// Recovery after a crash replays at most max_wal_size; a slow disk may need minutes for that.
export const START_SECONDS = 300;
const STOP_SECONDS = 60;
const POLL = 10;

export type StartOutcome = { started: true } | { started: false; blocked: boolean; reason: string };

/** Starts Postgres and waits until it takes connections. `blocked`: the remains of an earlier one are in the way. */
export async function startProcess(cluster: Cluster, binaries: Binaries, settings: string): Promise<StartOutcome> {
  const settingsFile = join(cluster.folder, SETTINGS_FILE);
  writeFileSync(settingsFile, settings);
  handOver(settingsFile, cluster.account, 0o600);
  rotateLog(join(cluster.folder, LOG_FILE));

  const before = readLog(cluster).length;
  // pg_ctl hands paths to a shell, so it only gets names that are safe there, relative to the cluster.
  const options = ['-o', `-c cluster_name=${cluster.name}`, '-l', LOG_FILE, '-t', String(START_SECONDS)];
  const command = [binaries.pgCtl, 'start', '-w', '-D', '.', ...options];
  const reached = [cluster.folder, binaries.postgres];
  const { code, output } = await run(runAs(cluster.account, command, reached), cluster.folder);
  if (code === 0) return { started: true };
  const reason = `${output}\n${readLog(cluster).slice(before)}`.trim();
  return { started: false, blocked: /lock file .* (already exists|is empty)|still in use/.test(reason), reason };
}

/**
 * Stops Postgres, ending what clients still do, and waits until it has written everything. One that is gone is fine.
 * Not by `pg_ctl stop`, which would wait on when another server starts its own Postgres here in the same moment.
 */
export async function stopProcess({ folder }: Cluster): Promise<void> {
  const pid = readPid(folder);
  if (pid === undefined || !signal(pid, 'SIGINT')) return;
  const deadline = Date.now() + STOP_SECONDS * 1000;
  while (readPid(folder) === pid && signal(pid, 0)) {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL (process ${pid}) did not stop within ${STOP_SECONDS} seconds.`);
    await delay(POLL);
  }
}

/** False when there is no such process. */
function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(file, `${file}.1`);
}

function readLog({ folder }: Cluster): string {
  const file = join(folder, LOG_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

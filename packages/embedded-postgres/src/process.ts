import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setOwner, runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Cluster, SETTINGS_FILE } from './cluster.ts';
import { readPid } from './postmaster.ts';
import { runProgram } from './run-program.ts';

const LOG_FILE = 'postgres.log';
const MAX_LOG_BYTES = 5_000_000;
// Recovery after a crash replays up to max_wal_size, which may take minutes on a slow disk.
export const START_SECONDS = 300;
const STOP_SECONDS = 60;
const POLL_MS = 10;

export type StartOutcome = { started: true } | { started: false; blocked: boolean; reason: string };

/** Starts PostgreSQL and waits until it accepts connections. `blocked`: files or processes of an earlier one remain. */
export async function startProcess(cluster: Cluster, binaries: Binaries, settings: string): Promise<StartOutcome> {
  const settingsFile = join(cluster.folder, SETTINGS_FILE);
  writeFileSync(settingsFile, settings);
  setOwner(settingsFile, cluster.account, 0o600);
  rotateLog(join(cluster.folder, LOG_FILE));

  const before = readLog(cluster).length;
  // pg_ctl passes paths to a shell, so they are relative to the cluster and need no quoting.
  const options = ['-o', `-c cluster_name=${cluster.name}`, '-l', LOG_FILE, '-t', String(START_SECONDS)];
  const command = [binaries.pgCtl, 'start', '-w', '-D', '.', ...options];
  const paths = [cluster.folder, binaries.postgres];
  const { code, output } = await runProgram(runAs(cluster.account, command, paths), cluster.folder);
  if (code === 0) return { started: true };
  const reason = `${output}\n${readLog(cluster).slice(before)}`.trim();
  return { started: false, blocked: /lock file .* (already exists|is empty)|still in use/.test(reason), reason };
}

/**
 * Stops PostgreSQL, ends open queries, and waits for its shutdown checkpoint. Does nothing if PostgreSQL has ended.
 * `pg_ctl stop` would keep waiting if another server started its own PostgreSQL here at that moment.
 */
export async function stopProcess({ folder }: Cluster): Promise<void> {
  const pid = readPid(folder);
  if (pid === undefined || !signal(pid, 'SIGINT')) return;
  const deadline = Date.now() + STOP_SECONDS * 1000;
  while (readPid(folder) === pid && signal(pid, 0)) {
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL (process ${pid}) did not stop within ${STOP_SECONDS} seconds.`);
    await delay(POLL_MS);
  }
}

/** False if there is no such process. */
function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
}

function readLog({ folder }: Cluster): string {
  const file = join(folder, LOG_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

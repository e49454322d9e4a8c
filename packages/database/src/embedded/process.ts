import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handOver, runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Cluster, SETTINGS_FILE } from './cluster.ts';
import { run } from './run.ts';

const LOG_FILE = 'postgres.log';
const LOG_BYTES = 5_000_000;
// Recovery after a crash replays at most max_wal_size; a slow disk may need minutes for that.
const START_SECONDS = '300';
const STOP_SECONDS = '60';

export type StartOutcome = { started: true } | { started: false; blocked: boolean; reason: string };

/** Starts Postgres and waits until it takes connections. `blocked`: the remains of an earlier one are in the way. */
export async function startProcess(cluster: Cluster, binaries: Binaries, settings: string): Promise<StartOutcome> {
  const settingsFile = join(cluster.folder, SETTINGS_FILE);
  writeFileSync(settingsFile, settings);
  handOver(settingsFile, cluster.account, 0o600);
  rotateLog(join(cluster.folder, LOG_FILE));

  const before = readLog(cluster).length;
  // pg_ctl hands paths to a shell, so it is only given names that are safe there, relative to the cluster.
  const args = ['start', '-w', '-t', START_SECONDS, '-D', '.', '-l', LOG_FILE, '-o', `-c cluster_name=${cluster.name}`];
  const { code, output } = await pgCtl(cluster, binaries, args);
  if (code === 0) return { started: true };
  const reason = `${output}\n${readLog(cluster).slice(before)}`.trim();
  return { started: false, blocked: /lock file .* (already exists|is empty)|still in use/.test(reason), reason };
}

/** Stops Postgres, ending what clients still do. Resolves once it has written everything and is gone. */
export async function stopProcess(cluster: Cluster, binaries: Binaries): Promise<void> {
  const { code, output } = await pgCtl(cluster, binaries, ['stop', '-w', '-t', STOP_SECONDS, '-m', 'fast', '-D', '.']);
  if (code !== 0 && existsSync(join(cluster.folder, 'postmaster.pid'))) {
    throw new Error(`PostgreSQL did not stop:\n${output}`);
  }
}

function pgCtl({ account, folder }: Cluster, binaries: Binaries, args: string[]) {
  return run(runAs(account, [binaries.pgCtl, ...args], [join(folder, LOG_FILE), binaries.postgres]), folder);
}

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(file, `${file}.1`);
}

function readLog({ folder }: Cluster): string {
  const file = join(folder, LOG_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

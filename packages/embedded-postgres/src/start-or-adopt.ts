import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { isGone, type Ownership, takeOwnership } from './ownership.ts';
import { type Address, type Processes, findProcesses, isZombie, readAddress, removeLocks } from './postmaster.ts';
import { START_SECONDS, startProcess, stopProcess } from './process.ts';
import type { ServerSettings } from './settings.ts';
import { makeSocketFolder } from './socket-folder.ts';

export interface ClusterContext {
  dataDir: string;
  cluster: Cluster;
  binaries: Binaries;
  settings: ServerSettings;
  address: Address;
  log: (message: string) => void;
}

const POLL_MS = 50;
/** Backends of a killed PostgreSQL end by themselves within milliseconds, unless a query keeps them busy. */
const KILL_ORPHANS_AFTER_MS = 500;
/** The process id in a lock file may now belong to another program. PostgreSQL cannot tell, and would never start. */
const REMOVE_LOCKS_AFTER_MS = 2_000;
const GIVE_UP_AFTER_MS = 10_000;

/** Takes over the PostgreSQL that runs in the cluster, or starts one. */
export async function startOrAdopt(context: ClusterContext): Promise<Ownership> {
  const { cluster, binaries, settings, log } = context;
  const deadline = Date.now() + START_SECONDS * 1000;
  let startedHere = false;
  let blockedSince: number | undefined;

  while (Date.now() < deadline) {
    const running = await takeRunning(context);
    if (typeof running === 'object') {
      const found = startedHere ? 'current' : await compareSettings(running, settings.fingerprint);
      if (found === 'current') return running;
      await running.release();
      if (found === 'lost') continue;
      log('The embedded PostgreSQL has earlier settings or programs. Restarting it.');
      await stopProcess(cluster);
      continue;
    }

    const processes = findProcesses(cluster.name);
    if (running === 'busy' || processes.postmaster) {
      blockedSince = undefined;
      await delay(POLL_MS);
      continue;
    }

    const blockedMs = blockedSince === undefined ? 0 : Date.now() - blockedSince;
    removeRemains(context, processes, isZombie(cluster.folder) ? Infinity : blockedMs);
    makeSocketFolder(context.address.socketFolder, cluster);
    const outcome = processes.children.length > 0 ? HAS_ORPHANS : await startProcess(cluster, binaries, settings.text);
    startedHere = outcome.started;
    if (outcome.started) continue;
    if (!outcome.blocked || blockedMs > GIVE_UP_AFTER_MS) {
      throw new Error(`The embedded PostgreSQL did not start:\n${outcome.reason}`);
    }
    blockedSince ??= Date.now();
    await delay(POLL_MS);
  }
  throw new Error(`The embedded PostgreSQL was not ready within ${START_SECONDS} seconds.`);
}

async function takeRunning({ cluster, dataDir }: ClusterContext): Promise<Ownership | 'absent' | 'busy'> {
  const address = readAddress(cluster.folder);
  return address ? takeOwnership(address, dataDir) : 'absent';
}

/** Removes processes and lock files of a PostgreSQL that has ended, after leaving it time to do so itself. */
function removeRemains(
  { cluster, address, log }: ClusterContext,
  { visible, children }: Processes,
  blockedMs: number,
): void {
  if (blockedMs > KILL_ORPHANS_AFTER_MS) killAll(children);
  if (blockedMs > REMOVE_LOCKS_AFTER_MS && visible && children.length === 0) {
    log('Removing the lock files of a PostgreSQL that has ended.');
    removeLocks(cluster.folder, address);
  }
}

const HAS_ORPHANS = { started: false, blocked: true, reason: 'Processes of an earlier one do not end.' } as const;

/** Kills backends without a postmaster. They delay recovery, which undoes their uncommitted writes. */
function killAll(orphans: number[]): void {
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has ended in the meantime.
    }
  }
}

/** A server after an update must not use a PostgreSQL whose programs or settings have changed since it started. */
async function compareSettings({ sql }: Ownership, fingerprint: string): Promise<'current' | 'outdated' | 'lost'> {
  try {
    const rows = await sql<{ fingerprint: string | null }[]>`
      select current_setting('baton.fingerprint', true) as fingerprint`;
    return rows[0]?.fingerprint === fingerprint ? 'current' : 'outdated';
  } catch (error) {
    if (isGone(error)) return 'lost';
    throw error;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { isGone, type Ownership, takeOwnership } from './ownership.ts';
import { type Address, type Processes, findProcesses, isZombie, readAddress, removeLocks } from './postmaster.ts';
import { START_SECONDS, startProcess, stopProcess } from './process.ts';
import type { ServerSettings } from './settings.ts';
import { makeSocketFolder } from './socket-folder.ts';

export interface Parts {
  dataDir: string;
  cluster: Cluster;
  binaries: Binaries;
  settings: ServerSettings;
  address: Address;
  log: (message: string) => void;
}

const POLL = 50;
// Children of a killed Postgres end by themselves within milliseconds, unless they are deep in a query.
const ORPHANS = 500;
// The pid in a lock file may be another program's by now. Postgres cannot tell, and would refuse for ever.
const REMAINS = 2_000;
const GIVE_UP = 10_000;

/** Takes over the Postgres that runs in the cluster, or starts one. */
export async function bringUp(parts: Parts): Promise<Ownership> {
  const { cluster, binaries, settings, log } = parts;
  const deadline = Date.now() + START_SECONDS * 1000;
  let startedHere = false;
  let blockedSince: number | undefined;

  while (Date.now() < deadline) {
    const answer = await askRunning(parts);
    if (typeof answer === 'object') {
      const found = startedHere ? 'current' : await compare(answer, settings.mark);
      if (found === 'current') return answer;
      await answer.release();
      if (found === 'lost') continue;
      log('The embedded PostgreSQL ran on with earlier settings or programs; restarting it.');
      await stopProcess(cluster);
      continue;
    }

    const processes = findProcesses(cluster.name);
    if (answer === 'busy' || processes.postmaster) {
      // It starts, recovers or stops.
      blockedSince = undefined;
      await delay(POLL);
      continue;
    }

    const blockedFor = blockedSince === undefined ? 0 : Date.now() - blockedSince;
    clearTheWay(parts, processes, isZombie(cluster.folder) ? Infinity : blockedFor);
    makeSocketFolder(parts.address.socketFolder, cluster);
    const outcome = processes.children.length > 0 ? ORPHANED : await startProcess(cluster, binaries, settings.text);
    startedHere = outcome.started;
    if (outcome.started) continue;
    if (!outcome.blocked || blockedFor > GIVE_UP) {
      throw new Error(`The embedded PostgreSQL did not start:\n${outcome.reason}`);
    }
    blockedSince ??= Date.now();
    await delay(POLL);
  }
  throw new Error(`The embedded PostgreSQL was not ready within ${START_SECONDS} seconds.`);
}

async function askRunning({ cluster, dataDir }: Parts): Promise<Ownership | 'absent' | 'busy'> {
  const address = readAddress(cluster.folder);
  return address ? takeOwnership(address, dataDir) : 'absent';
}

/** Ends what a dead Postgres left running, and removes its lock files, once it had its time to go by itself. */
function clearTheWay({ cluster, address, log }: Parts, { visible, children }: Processes, blockedFor: number): void {
  if (blockedFor > ORPHANS) endAll(children);
  if (blockedFor > REMAINS && visible && children.length === 0) {
    log('Removing the lock files of a PostgreSQL that is dead.');
    removeLocks(cluster.folder, address);
  }
}

const ORPHANED = { started: false, blocked: true, reason: 'Processes of an earlier one do not end.' } as const;

/** Children without a parent: whatever they still write is undone by the recovery, which they hold up. */
function endAll(orphans: number[]): void {
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone by itself in the meantime.
    }
  }
}

/** An updated server must not meet a Postgres whose files were replaced under it, or one with other settings. */
async function compare({ sql }: Ownership, mark: string): Promise<'current' | 'outdated' | 'lost'> {
  try {
    const rows = await sql<{ mark: string | null }[]>`select current_setting('baton.mark', true) as mark`;
    return rows[0]?.mark === mark ? 'current' : 'outdated';
  } catch (error) {
    if (isGone(error)) return 'lost';
    throw error;
  }
}

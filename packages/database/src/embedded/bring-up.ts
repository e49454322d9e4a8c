import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { type Ownership, takeOwnership } from './ownership.ts';
import { type Postmaster, hasProcesses, readPostmaster, removeLocks } from './postmaster.ts';
import { startProcess, stopProcess } from './process.ts';
import type { ServerSettings } from './settings.ts';

export interface Parts {
  dataDir: string;
  cluster: Cluster;
  binaries: Binaries;
  settings: ServerSettings;
  address: Postmaster;
  log: (message: string) => void;
}

const PATIENCE = 30_000;
const POLL = 50;
/** How long the remains of a dead Postgres may block a start before they are removed. Children of a killed one need a moment to end. */
const REMAINS = 2_000;

/** Takes over the Postgres that runs in the cluster, or starts one. `onLost` is called when its connection ends. */
export async function bringUp(parts: Parts, onLost: () => void): Promise<Ownership> {
  const { cluster, binaries, settings, log } = parts;
  const deadline = Date.now() + PATIENCE;
  let blockedSince: number | undefined;
  let startedHere = false;
  let lastReason = 'it takes no connections';

  while (Date.now() < deadline) {
    const running = readPostmaster(cluster.folder);
    const owned = running ? await takeOwnership(running, parts.dataDir, onLost) : 'absent';
    if (owned !== 'absent' && owned !== 'busy') {
      if (startedHere || (await isCurrent(owned, settings))) return owned;
      log('Restarting the embedded PostgreSQL, which ran on with earlier settings.');
      await owned.release();
      await stopProcess(cluster, binaries);
      continue;
    }
    if (owned === 'busy' || hasProcesses(cluster.name)) {
      // It is starting, recovering or stopping.
      blockedSince = undefined;
      await delay(POLL);
      continue;
    }

    const outcome = await startProcess(cluster, binaries, settings.text);
    startedHere = outcome.started;
    if (outcome.started) continue;
    if (!outcome.blocked) throw new Error(`The embedded PostgreSQL did not start:\n${outcome.reason}`);

    lastReason = outcome.reason;
    blockedSince ??= Date.now();
    if (Date.now() - blockedSince > REMAINS && hasProcesses(cluster.name) === false) {
      // The pid in the lock file is a zombie's, or another program's by now. Postgres cannot tell, and would wait for ever.
      log('Removing the lock files of a PostgreSQL that is dead.');
      removeLocks(cluster.folder, parts.address);
    } else await delay(POLL);
  }
  throw new Error(`The embedded PostgreSQL did not come up in ${PATIENCE / 1000} seconds: ${lastReason}`);
}

/** Programs of an updated Baton must not meet a Postgres whose own files were replaced under it. */
async function isCurrent({ sql }: Ownership, settings: ServerSettings): Promise<boolean> {
  const rows = await sql<{ mark: string | null }[]>`select current_setting('baton.mark', true) as mark`;
  return rows[0]?.mark === settings.mark;
}

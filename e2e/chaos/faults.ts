import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../packages/database/src/connect.ts';
import type { Random } from '../../proofs/random.ts';
import type { Cluster, ClusterNode } from '../support/cluster.ts';
import type { Clients } from './clients.ts';
import type { NodeFault, SharedFault } from './plan.ts';
import type { Recovery } from './recovery.ts';

/** Longer than every lease: of typing (8 s), of a lane or a generation (4 s), of a claim (2 s). */
const PAUSE_MS = { least: 5_000, more: 5_000 };

/** Requests have been read by then and are being committed. */
const SWALLOWED_AFTER_MS = { least: 4, more: 30 };

/** Enough starts for a database that is away for some seconds. */
const MAX_STARTS = 50;

/** Injects a fault into one node and repairs it. */
export async function injectNodeFault(
  node: ClusterNode,
  fault: NodeFault,
  random: Random,
  { recovery, clients }: { recovery: Recovery; clients: Clients },
): Promise<void> {
  const { product, toDatabase } = node;
  switch (fault) {
    case 'kill': {
      const { pid } = product;
      const held = pid === null ? null : await recovery.heldBy(pid);
      await product.kill();
      const taken = held && recovery.untilTaken(held);
      await backAgain(node);
      await taken;
      return;
    }
    case 'pause':
      product.pause();
      await pause(PAUSE_MS.least + random.below(PAUSE_MS.more));
      product.resume();
      return;
    case 'cut':
      toDatabase.cut();
      await pause(random.below(1_500));
      toDatabase.mend();
      return;
    case 'stall':
      toDatabase.stall();
      await pause(500 + random.below(4_500));
      toDatabase.mend();
      return;
    case 'swallow': {
      // The database executes each statement, COMMIT included, but the answers are lost. A burst makes many of them.
      const burst = clients.burst(product.url);
      await pause(SWALLOWED_AFTER_MS.least + random.below(SWALLOWED_AFTER_MS.more));
      toDatabase.swallow('answers');
      await pause(20 + random.below(80));
      toDatabase.mend();
      await burst;
      return;
    }
    case 'delay':
      toDatabase.delay(10 + random.below(60));
      await pause(500 + random.below(1_500));
      toDatabase.mend();
      return;
  }
}

/** Starts a node again, as a process supervisor would: a node gives up while its database is away. */
async function backAgain({ product }: ClusterNode): Promise<void> {
  for (let starts = 1; ; starts += 1) {
    try {
      return await product.start();
    } catch (error) {
      if (starts === MAX_STARTS) throw error;
      await pause(200);
    }
  }
}

/** The pid of a database process that serves a node. Waits while another fault keeps the database away. */
async function backendOf(sql: Sql): Promise<number> {
  for (;;) {
    try {
      const [backend] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where application_name = 'baton' and pid <> pg_backend_pid() limit 1`;
      if (backend) return backend.pid;
    } catch {
      // The database is away for a moment.
    }
    await pause(100);
  }
}

/** Injects a fault into the shared database or Redis and waits for its repair. */
export async function injectSharedFault(
  cluster: Cluster,
  fault: SharedFault,
  sql: Sql,
  recovery: Recovery,
): Promise<void> {
  switch (fault) {
    case 'stop database':
      cluster.crashDatabase();
      return await recovery.untilWritable();
    case 'kill backend': {
      cluster.crashDatabase(await backendOf(sql));
      return await recovery.untilWritable();
    }
    case 'kill Redis':
      await cluster.redis?.kill();
      await pause(500);
      return await cluster.redis?.start();
    case 'pause Redis':
      cluster.redis?.pause();
      await pause(2_000);
      return cluster.redis?.resume();
  }
}

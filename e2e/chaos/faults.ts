import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../packages/database/src/connect.ts';
import type { Random } from '../../proofs/random.ts';
import type { Cluster, ClusterNode } from '../support/cluster.ts';
import type { Crowd } from './crowd.ts';
import type { NodeFault, SharedFault } from './plan.ts';
import type { Recovery } from './recovery.ts';

/** Longer than every lease: of typing (8 s), of a lane or a generation (4 s), of a claim (2 s). */
const PAUSE_MS = { least: 5_000, more: 5_000 };

/** By then requests have been looked up, and are being committed. */
const SWALLOWED_AFTER_MS = { least: 4, more: 30 };

/** The database is away for some seconds at a time. */
const MOST_STARTS = 50;

/** Does to one node what the plan says, and makes it good again. */
export async function befall(
  node: ClusterNode,
  fault: NodeFault,
  random: Random,
  { recovery, crowd }: { recovery: Recovery; crowd: Crowd },
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
      // What is asked is done, COMMIT among it, and nobody hears of it: many are asked for at that moment.
      const rush = crowd.rush(product.url);
      await pause(SWALLOWED_AFTER_MS.least + random.below(SWALLOWED_AFTER_MS.more));
      toDatabase.swallow('answers');
      await pause(20 + random.below(80));
      toDatabase.mend();
      await rush;
      return;
    }
    case 'delay':
      toDatabase.delay(10 + random.below(60));
      await pause(500 + random.below(1_500));
      toDatabase.mend();
      return;
  }
}

/** A node that starts while the database is away gives up: whoever looks after it starts it again. */
async function backAgain({ product }: ClusterNode): Promise<void> {
  for (let starts = 1; ; starts += 1) {
    try {
      return await product.start();
    } catch (error) {
      if (starts === MOST_STARTS) throw error;
      await pause(200);
    }
  }
}

/** A process of the database that works for a node. Another fault may have taken the database away just now. */
async function backendOf(sql: Sql): Promise<number> {
  for (;;) {
    try {
      const [backend] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where application_name = 'baton' and pid <> pg_backend_pid() limit 1`;
      if (backend) return backend.pid;
    } catch {
      // It comes back.
    }
    await pause(100);
  }
}

/** The same for what all nodes share. */
export async function befallAll(cluster: Cluster, fault: SharedFault, sql: Sql, recovery: Recovery): Promise<void> {
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

import { parentPort } from 'node:worker_threads';
import type { Shard, ShardDone } from '../shards.ts';
import { runSequence } from './sequence.ts';

parentPort?.on('message', ({ seed, from, to }: Shard) => {
  const done: ShardDone = { tally: {}, least: {}, broken: null, schedule: null };
  for (let number = from; number < to && done.broken === null; number += 1) {
    try {
      runSequence(seed, number, done.tally);
    } catch (error) {
      done.broken = error instanceof Error ? error.message : String(error);
      done.schedule = number;
    }
  }
  parentPort?.postMessage(done);
});

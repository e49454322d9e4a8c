import { parentPort } from 'node:worker_threads';
import type { Shard, ShardDone } from '../shards.ts';
import { runSequence } from './sequence.ts';

parentPort?.on('message', ({ seed, from, to }: Shard) => {
  const done: ShardDone = { tally: {}, broken: null };
  for (let number = from; number < to && done.broken === null; number += 1) {
    try {
      runSequence(seed, number, done.tally);
    } catch (error) {
      const again = `npm run prove -- statechart --seed ${seed} --schedule ${number}`;
      done.broken = `${error instanceof Error ? error.message : String(error)}\nagain: ${again}`;
    }
  }
  parentPort?.postMessage(done);
});

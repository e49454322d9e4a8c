import { parentPort } from 'node:worker_threads';
import { atLeast, type Shard, type ShardDone } from '../shards.ts';
import { runSchedule } from './schedule.ts';

async function work({ seed, from, to }: Shard): Promise<ShardDone> {
  const done: ShardDone = { tally: {}, least: {}, broken: null, schedule: null };
  for (let schedule = from; schedule < to && done.broken === null; schedule += 1) {
    const { broken, events, faults } = await runSchedule(seed, schedule, done.tally);
    done.least = atLeast(done.least, { events, faults });
    if (broken !== null) Object.assign(done, { broken, schedule });
  }
  return done;
}

parentPort?.on('message', (shard: Shard) => {
  void work(shard).then((done) => parentPort?.postMessage(done));
});

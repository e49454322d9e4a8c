import { Worker } from 'node:worker_threads';
import type { ProofOptions } from './proof.ts';
import { figure } from './print.ts';
import { add, type Tally } from './tally.ts';

/** A run of schedules for one thread. */
export interface Shard {
  seed: number;
  from: number;
  to: number;
}

/** The message of a thread after each shard. */
export interface ShardDone {
  tally: Tally;
  /** The least count of each event in any one schedule. */
  least: Record<string, number>;
  broken: string | null;
  /** The schedule that broke it. */
  schedule: number | null;
}

export function atLeast(known: Record<string, number>, now: Record<string, number>): Record<string, number> {
  const least = Object.entries(now).map(([what, count]) => [what, Math.min(count, known[what] ?? Infinity)]);
  return { ...known, ...Object.fromEntries(least) };
}

/** Schedules per shard: small enough to report progress and to stop soon after a violation. */
const SHARD = 250;
const TELL_MS = 10_000;

/** Runs schedules 0 to `count` in threads of `worker` and stops at the first violation. */
export async function inShards(worker: URL, { seed, count, workers, say }: ProofOptions): Promise<ShardDone> {
  const done: ShardDone = { tally: {}, least: {}, broken: null, schedule: null };
  let next = 0;
  let finished = 0;
  const begun = performance.now();
  let told = begun;
  const take = (): Shard | null => {
    if (next >= count || done.broken !== null) return null;
    const from = next;
    next = Math.min(count, from + SHARD);
    return { seed, from, to: next };
  };
  const work = async (): Promise<void> => {
    const thread = new Worker(worker);
    try {
      for (let shard = take(); shard !== null; shard = take()) {
        const answer = await ask(thread, shard);
        add(done.tally, answer.tally);
        done.least = atLeast(done.least, answer.least);
        if (done.broken === null) Object.assign(done, { broken: answer.broken, schedule: answer.schedule });
        finished += shard.to - shard.from;
        if (performance.now() - told < TELL_MS) continue;
        told = performance.now();
        say(
          `${figure(finished)} of ${figure(count)}, ${figure(Math.round((1000 * finished) / (told - begun)))} per second`,
        );
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  return done;
}

function ask(thread: Worker, shard: Shard): Promise<ShardDone> {
  const { promise, resolve, reject } = Promise.withResolvers<ShardDone>();
  thread.once('error', reject);
  thread.once('message', (answer: ShardDone) => {
    thread.off('error', reject);
    resolve(answer);
  });
  thread.postMessage(shard);
  return promise;
}

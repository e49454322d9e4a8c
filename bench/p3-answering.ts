import { Asked } from './harness/asked.ts';
import type { Figure } from './harness/figure.ts';
import { firstMessages, openChannel, using } from './harness/load.ts';
import { type BatonProgram, startBaton } from './harness/program.ts';
import type { Scale } from './harness/scale.ts';
import { openSink } from './harness/sink.ts';
import { atRate, closedLoop, pause, quantile, WARM_UP_SECONDS } from './harness/timing.ts';

/** Each of these is answered: a reply is generated, committed, claimed, sent and marked. */
const PER_SECOND = 250;
/** So many that nobody gets more than the 20 replies in ten minutes that TURN-12 allows. */
const CUSTOMERS = 4_000;
/** Customers who write again as soon as they are answered. */
const AT_ONCE = 256;
/** So long is waited for what is still to be answered at the end. */
const PATIENCE_MS = 30_000;

/** P-3 with the agent answering: at a fixed rate, and as fast as answers come. The built-in agent, a channel that takes all at once. */
export async function answering({ pick }: Scale): Promise<Figure[]> {
  return await using(startBaton(), async (baton) => {
    const asked = new Asked();
    const sink = await openSink((arrival) => asked.reply(arrival));
    try {
      const write = await openChannel(baton, sink.url);
      let count = 0;
      const ask = async (intake: number[] = []): Promise<void> => {
        const at = performance.now();
        const message = await write((count += 1) % CUSTOMERS);
        intake.push(performance.now() - at);
        await asked.answered(message, at);
      };
      await firstMessages(write, CUSTOMERS);
      // The backlog of the start is not part of the rate.
      for (let before = -1; before !== sink.taken(); await pause(1_000)) before = sink.taken();
      await atRate(PER_SECOND, WARM_UP_SECONDS, () => ask());

      const intake: number[] = [];
      let left = 0;
      const steady = await measured(baton, asked, async () => {
        const forSeconds = pick(10, 60);
        const all = atRate(PER_SECOND, forSeconds, () => ask(intake));
        await pause(forSeconds * 1_000);
        left = asked.waiting;
        await Promise.race([all, pause(PATIENCE_MS)]);
      });
      const most: number[] = [];
      const fastest = await measured(baton, asked, async () => {
        await closedLoop(AT_ONCE, pick(8, 30), () => Promise.race([ask(most), pause(PATIENCE_MS)]));
      });
      return [
        {
          goal: { id: 'P-3', text: '< 40 ms' },
          name: `HTTP intake to commit, the agent answering ${PER_SECOND}/s, p99`,
          value: quantile(intake, 0.99),
          unit: 'ms',
          limit: null,
          details: { 'p50 in ms': quantile(intake, 0.5), 'not answered yet at the end': left, ...steady },
        },
        {
          goal: { id: 'P-3', text: 'keeps up' },
          name: `replies, ${AT_ONCE} customers who write again when answered`,
          value: fastest['replies per second'],
          unit: '/s',
          limit: null,
          details: { 'intake p99 in ms': quantile(most, 0.99), ...fastest },
        },
      ];
    } finally {
      sink.close();
    }
  });
}

async function measured({ cpuSeconds, memoryKiB, postgres }: BatonProgram, asked: Asked, work: () => Promise<void>) {
  const look = async () => ({
    at: performance.now(),
    cpu: await cpuSeconds(),
    postgres: await postgres.cpuSeconds(),
    transactions: await postgres.transactions(),
    memory: await memoryKiB(),
    answers: asked.waits.length,
  });
  const before = await look();
  await work();
  const after = await look();
  const waits = asked.waits.slice(before.answers);
  const per = (spent: number) => (spent / waits.length) * 1e6;
  return {
    'replies per second': waits.length / ((after.at - before.at) / 1_000),
    'message to reply, p50 in ms': quantile(waits, 0.5),
    'message to reply, p99 in ms': quantile(waits, 0.99),
    'µs of the server per answer': per(after.cpu - before.cpu),
    'µs of PostgreSQL per answer': per(after.postgres - before.postgres),
    'transactions per answer': (after.transactions - before.transactions) / waits.length,
    'memory before, MiB': before.memory / 1_024,
    'memory after, MiB': after.memory / 1_024,
  };
}

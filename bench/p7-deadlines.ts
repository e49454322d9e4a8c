import { PostgresStore } from '@baton/database';
import { ConversationRuntime, DatabaseClock, realScheduler, Signals, TimerWorker } from '@baton/runtime';
import { withDatabase } from './harness/database.ts';
import type { Figure } from './harness/figure.ts';
import type { Scale } from './harness/scale.ts';
import { pause, quantile } from './harness/timing.ts';
import { conversations, windowEndingAt } from './harness/workspace.ts';

const GIVEN_UP_AFTER_MS = 120_000;

/** P-7: priority windows that end within a few seconds of each other: how late each is committed. */
export async function deadlines({ pick }: Scale): Promise<Figure[]> {
  const count = pick(5_000, 100_000);
  const spreadMs = pick(2_000, 20_000);
  return withDatabase(async (database) => {
    const keys = await database.prepare((connections) => conversations(connections, count));
    const connections = database.open('baton');
    const store = new PostgresStore(connections.sql);
    const clock = new DatabaseClock(() => performance.now(), Date.now);
    clock.learn(await store.now());
    const endsAt = new Map<string, number>();
    const lateness: number[] = [];
    const signals = new Signals();
    const ports = {
      store,
      clock,
      signals,
      scheduler: realScheduler,
      publisher: {
        changed({ conversationId }: { conversationId: string }, { state }: { state: string }) {
          const due = endsAt.get(conversationId);
          if (due !== undefined && state === 'agentActive') lateness.push(clock.now() - due);
        },
        delivered: () => {},
        raised: () => {},
        drafted: () => {},
      },
      report: ({ what, error }: { what: string; error?: unknown }) => console.error(what, error),
      limits: { maxQueuedCommands: count },
    };
    const runtime = new ConversationRuntime(ports);
    // Far enough away that all are written first.
    const first = clock.now() + count * 1.5 + 10_000;
    for (let from = 0; from < keys.length; from += 5_000) {
      await Promise.all(
        keys.slice(from, from + 5_000).map(async (key, index) => {
          const end = Math.floor(first + ((from + index) / count) * spreadMs);
          const outcome = await runtime.dispatch(key, windowEndingAt(end));
          if (!outcome.ok) throw new Error(`a message was refused: ${outcome.code}`);
          endsAt.set(key.conversationId, end);
        }),
      );
    }
    const before = { node: process.cpuUsage(), postgres: await database.cpuSeconds() };
    const timers = new TimerWorker({ ...ports, runtime });
    timers.start();
    for (let waited = 0; lateness.length < count && waited < GIVEN_UP_AFTER_MS + count * 2; waited += 50)
      await pause(50);
    await timers.stop();
    const { user, system } = process.cpuUsage(before.node);
    const postgres = ((await database.cpuSeconds()) ?? 0) - (before.postgres ?? 0);
    await runtime.stop();
    await connections.close();
    return [
      {
        goal: { id: 'P-7', text: '< 1 000 ms' },
        name: `${count} windows ending within ${spreadMs / 1000} s, lateness p99`,
        value: quantile(lateness, 0.99),
        unit: 'ms',
        limit: null,
        details: {
          ended: lateness.length,
          'never ended': count - lateness.length,
          'p50 in ms': quantile(lateness, 0.5),
          'µs of Node per window': (user + system) / count,
          'µs of PostgreSQL per window': (postgres / count) * 1e6,
        },
      },
    ];
  });
}

import { PostgresStore, type Connections } from '@baton/database';
import { ConversationRuntime, DatabaseClock, realScheduler, Signals, type RuntimeLimits } from '@baton/runtime';

/** The runtime over PostgreSQL, with nobody listening. */
export async function runtimeOver(sql: Connections['sql'], limits: Partial<RuntimeLimits> = {}) {
  const store = new PostgresStore(sql);
  const clock = new DatabaseClock(() => performance.now(), Date.now);
  clock.learn(await store.now());
  const signals = new Signals();
  const runtime = new ConversationRuntime({
    store,
    clock,
    scheduler: realScheduler,
    signals,
    publisher: { changed: () => {}, delivered: () => {}, drafted: () => {} },
    report: ({ what, error }) => console.error(what, error),
    onCommit: { worked: () => {}, failed: (error) => console.error('a commit failed', error) },
    limits,
  });
  return { runtime, store, clock, signals };
}

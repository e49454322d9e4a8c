import type { Sql } from '../src/connect.ts';

/** Returns once some connection to this database waits for a lock of another's. @throws if `waiter` ends without having to wait */
export async function untilLockWaits(sql: Sql, waiter: Promise<unknown>): Promise<void> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  waiter.then(end, end);
  for (;;) {
    const waiting = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    if (ended) throw new Error('it had to wait for nobody');
  }
}

import { sql } from 'drizzle-orm';
import type { Queryable } from './queryable.ts';

export const QUEUES = ['timers', 'replies', 'sends', 'search'] as const;
export type Queue = (typeof QUEUES)[number];

export interface Backlog {
  /** Number of due entries, counted up to 10 000. */
  due: number;
  /** Wait of the oldest due entry. */
  oldestSeconds: number;
}

/** Reads the backlog of all queues over all nodes and workspaces. Claimed entries are not due. */
export async function readBacklog(db: Queryable): Promise<Record<Queue, Backlog>> {
  const of = (name: Queue, table: string, time: string) =>
    sql.raw(`select '${name}' as queue, count(*)::int as due,
      coalesce(extract(epoch from now() - min(at)), 0)::float8 as oldest
      from (select ${time} as at from ${table} where ${time} <= now() order by ${time} limit 10000) due`);
  const rows = await db.execute<{ queue: Queue; due: number; oldest: number }>(
    sql.join(
      [
        of('timers', 'lanes', 'wake_at'),
        of('replies', 'lanes', 'reply_at'),
        of('sends', 'lanes', 'send_at'),
        of('search', 'search_queue', 'queued_at'),
      ],
      sql` union all `,
    ),
  );
  const none = { due: 0, oldestSeconds: 0 };
  const backlog = { timers: none, replies: none, sends: none, search: none };
  for (const { queue, due, oldest } of rows) backlog[queue] = { due, oldestSeconds: oldest };
  return backlog;
}

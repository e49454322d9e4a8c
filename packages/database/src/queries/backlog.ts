import { sql } from 'drizzle-orm';
import type { Queryable } from './queryable.ts';

export const QUEUES = ['timers', 'replies', 'sends', 'search'] as const;
export type Queue = (typeof QUEUES)[number];

export interface Backlog {
  /** What is due now; counted to 10 000. */
  due: number;
  /** How long the longest due one waits. */
  oldestSeconds: number;
}

/** What the workers have before them, all nodes and workspaces together. A claim moves its row into the future: it is not due. */
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

import { sql, type SQL } from 'drizzle-orm';
import type { Queryable } from './queryable.ts';

/** Of each kind in one go: short statements, so that nobody waits for one. */
const MOST_AT_ONCE = 1_000;

/**
 * What is of no use any more, and after how long. Everything else is kept on purpose: messages, history and audit log
 * are what people look things up in; a message's client id and provider id are what a late retry is recognised by.
 */
const LEFTOVERS: Record<string, { table: string; is: string }> = {
  sessions: { table: 'sessions', is: `expires_at < now() - interval '1 day'` },
  verifications: { table: 'verifications', is: `expires_at < now() - interval '1 day'` },
  /** Windows are minutes long. */
  attempts: {
    table: 'rate_limits',
    is: `last_request < (extract(epoch from now() - interval '1 day') * 1000)::bigint`,
  },
  /** Replies that came too late: after a month nobody picks one up. */
  drafts: { table: 'drafts', is: `at < now() - interval '30 days'` },
};

/** Removes a hand of each kind; rows that another node is removing are left to it. How many of each. */
export async function sweep(db: Queryable): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  for (const [name, { table, is }] of Object.entries(LEFTOVERS)) {
    const [row] = await db.execute<{ count: number }>(remove(table, is));
    swept[name] = row?.count ?? 0;
  }
  return swept;
}

const remove = (table: string, is: string): SQL =>
  sql.raw(`with gone as (
    delete from ${table} where ctid = any(array(select ctid from ${table} where ${is} limit ${MOST_AT_ONCE} for update skip locked))
    returning 1
  ) select count(*)::int as count from gone`);

/** Is there more to sweep than one hand took? */
export function isFull(swept: Record<string, number>): boolean {
  return Object.values(swept).some((count) => count >= MOST_AT_ONCE);
}

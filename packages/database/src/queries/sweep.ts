import { sql, type SQL } from 'drizzle-orm';
import type { Queryable } from './queryable.ts';

/** Rows of each kind per statement, so that statements stay short. */
const MAX_AT_ONCE = 1_000;

/**
 * Rows to delete and their age. Everything else is kept on purpose: people look things up in messages, history and audit log,
 * and late retries are recognised by a message's client id and provider id.
 */
const EXPIRED: Record<string, { table: string; is: string }> = {
  sessions: { table: 'sessions', is: `expires_at < now() - interval '1 day'` },
  verifications: { table: 'verifications', is: `expires_at < now() - interval '1 day'` },
  /** Rate limit windows are minutes long. */
  attempts: {
    table: 'rate_limits',
    is: `last_request < (extract(epoch from now() - interval '1 day') * 1000)::bigint`,
  },
  /** Late replies of the agent. */
  drafts: { table: 'drafts', is: `at < now() - interval '30 days'` },
};

/** Deletes a batch of each kind and returns the counts. Skips rows that another node is deleting. */
export async function sweep(db: Queryable): Promise<Record<string, number>> {
  const swept: Record<string, number> = {};
  for (const [name, { table, is }] of Object.entries(EXPIRED)) {
    const [row] = await db.execute<{ count: number }>(remove(table, is));
    swept[name] = row?.count ?? 0;
  }
  return swept;
}

const remove = (table: string, is: string): SQL =>
  sql.raw(`with gone as (
    delete from ${table} where ctid = any(array(select ctid from ${table} where ${is} limit ${MAX_AT_ONCE} for update skip locked))
    returning 1
  ) select count(*)::int as count from gone`);

/** True if a batch was full, so that more rows may remain. */
export function isFull(swept: Record<string, number>): boolean {
  return Object.values(swept).some((count) => count >= MAX_AT_ONCE);
}

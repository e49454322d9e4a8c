import { eq, sql } from 'drizzle-orm';
import { rateLimits } from '../schema/auth.ts';
import { newId } from './new-id.ts';
import type { Queryable } from './queryable.ts';

export interface AttemptLimit {
  /** Attempts within one window. */
  max: number;
  windowSeconds: number;
}

/**
 * Counts an attempt across all nodes. Returns 0 if it is within the limit, else the seconds until the next one. The window
 * begins with its first attempt.
 */
export async function countAttempt(db: Queryable, key: string, limit: AttemptLimit): Promise<number> {
  const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  const over = sql`${rateLimits.lastRequest} <= ${now} - ${limit.windowSeconds * 1_000}`;
  const [row] = await db
    .insert(rateLimits)
    .values({ id: newId(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${over} then 1 else ${rateLimits.count} + 1 end`,
        lastRequest: sql`case when ${over} then ${now} else ${rateLimits.lastRequest} end`,
      },
    })
    .returning({
      count: rateLimits.count,
      leftMs: sql<number>`(${rateLimits.lastRequest} + ${limit.windowSeconds * 1_000} - ${now})::int`,
    });
  if (!row || row.count <= limit.max) return 0;
  return Math.max(1, Math.ceil(row.leftMs / 1_000));
}

export async function forgetAttempts(db: Queryable, key: string): Promise<void> {
  await db.delete(rateLimits).where(eq(rateLimits.key, key));
}

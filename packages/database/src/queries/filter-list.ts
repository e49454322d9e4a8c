import { sql, type SQL } from 'drizzle-orm';
import { orderedLanes, type ListFilter, type ListPosition } from './list-order.ts';
import type { Queryable } from './queryable.ts';

/** A condition on the conversation with this id, of the list's workspace. */
export type Check = (id: SQL) => SQL;

/** Keys in the list's order. `end` may be set on a page that is not full, or empty: there is more to look through. */
export interface FoundPage {
  keys: ListPosition[];
  end: ListPosition | null;
}

/** How far one page looks through the list. */
const MOST_LOOKED_AT = 30_000;
const FIRST_LOOK = 250;
const LONGEST_LOOK = 4_000;

/** Walks along the list and keeps what passes all checks: quick where much does, bounded where little does. */
export async function filterList(
  db: Queryable,
  workspaceId: string,
  filter: ListFilter,
  { limit, after }: { limit: number; after: ListPosition | null },
  checks: Check[],
  most = MOST_LOOKED_AT,
): Promise<FoundPage> {
  const kept: ListPosition[] = [];
  let position = after;
  let look = FIRST_LOOK;
  for (let seen = 0; seen < most; look = Math.min(look * 2, LONGEST_LOOK)) {
    const keys = await judge(db, workspaceId, filter, { limit: look, after: position }, checks);
    kept.push(...keys.flatMap(({ key, passes }) => (passes ? [key] : [])));
    if (kept.length > limit) return toPage(kept, limit);
    if (keys.length < look) return { keys: kept, end: null };
    position = keys.at(-1)?.key ?? position;
    seen += keys.length;
  }
  return { keys: kept, end: position };
}

/** The next of the list, and which of them pass. */
async function judge(
  db: Queryable,
  workspaceId: string,
  filter: ListFilter,
  { limit, after }: { limit: number; after: ListPosition | null },
  checks: Check[],
): Promise<{ key: ListPosition; passes: boolean }[]> {
  const conditions = sql.join(
    checks.map((check) => check(sql`l.conversation_id`)),
    sql` and `,
  );
  const rows = await db.execute<{ changedAt: string; id: string; passes: boolean }>(sql`
    select l.changed_at::text as "changedAt", l.conversation_id as id, ${conditions} as passes
    from ${orderedLanes(workspaceId, filter, after, limit)} as l`);
  return rows.map(({ passes, ...key }) => ({ key, passes }));
}

/** Of up to one more than a page: the page. */
export function toPage(keys: ListPosition[], limit: number): FoundPage {
  const shown = keys.slice(0, limit);
  return { keys: shown, end: keys.length > limit ? (shown.at(-1) ?? null) : null };
}

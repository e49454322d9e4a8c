import { sql, type SQL } from 'drizzle-orm';
import { orderedLanes, type ListFilter, type ListPosition } from './list-order.ts';
import type { Queryable } from './queryable.ts';

/** A condition on the conversation with this id, of the list's workspace. */
export type Check = (id: SQL) => SQL;

/** Keys in list order. A page that is not full may have an `end`: the list goes on there. */
export interface FoundPage {
  keys: ListPosition[];
  end: ListPosition | null;
}

/** Entries that one page examines at most. */
const MAX_EXAMINED = 30_000;
const FIRST_BATCH = 250;
const MAX_BATCH = 4_000;

/** Reads the list in growing batches and keeps entries that pass all checks, until the page is full or the limit is reached. */
export async function filterList(
  db: Queryable,
  workspaceId: string,
  filter: ListFilter,
  { limit, after }: { limit: number; after: ListPosition | null },
  checks: Check[],
  most = MAX_EXAMINED,
): Promise<FoundPage> {
  const kept: ListPosition[] = [];
  let position = after;
  let batch = FIRST_BATCH;
  for (let seen = 0; seen < most; batch = Math.min(batch * 2, MAX_BATCH)) {
    const keys = await checkNext(db, workspaceId, filter, { limit: batch, after: position }, checks);
    kept.push(...keys.flatMap(({ key, passes }) => (passes ? [key] : [])));
    if (kept.length > limit) return toPage(kept, limit);
    if (keys.length < batch) return { keys: kept, end: null };
    position = keys.at(-1)?.key ?? position;
    seen += keys.length;
  }
  return { keys: kept, end: position };
}

/** Reads the next entries of the list and whether they pass. */
async function checkNext(
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

/** Cuts the page out of up to one key more. */
export function toPage(keys: ListPosition[], limit: number): FoundPage {
  const shown = keys.slice(0, limit);
  return { keys: shown, end: keys.length > limit ? (shown.at(-1) ?? null) : null };
}

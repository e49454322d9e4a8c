import { sql, type SQL } from 'drizzle-orm';
import { type ListFilter, type ListPosition, walkList } from './list-walk.ts';
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
export async function lookThrough(
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
    const keys = await walkList(db, workspaceId, filter, position, look);
    const passed = await passing(db, keys, checks);
    kept.push(...keys.filter(({ id }) => passed.has(id)));
    if (kept.length > limit) return toPage(kept, limit);
    if (keys.length < look) return { keys: kept, end: null };
    position = keys.at(-1) ?? position;
    seen += keys.length;
  }
  return { keys: kept, end: position };
}

async function passing(db: Queryable, keys: ListPosition[], checks: Check[]): Promise<Set<string>> {
  const conditions = sql.join(
    checks.map((check) => check(sql`candidate.id::uuid`)),
    sql` and `,
  );
  const ids = JSON.stringify(keys.map(({ id }) => id));
  const rows = await db.execute<{ id: string }>(
    sql`select id from json_array_elements_text(${ids}::json) as candidate(id) where ${conditions}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of up to one more than a page: the page. */
export function toPage(keys: ListPosition[], limit: number): FoundPage {
  const shown = keys.slice(0, limit);
  return { keys: shown, end: keys.length > limit ? (shown.at(-1) ?? null) : null };
}

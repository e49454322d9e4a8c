import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { splitByFrequency } from '../search/split-by-frequency.ts';
import { toTerms } from '../search/words.ts';
import { type Check, type FoundPage, filterList, toPage } from './filter-list.ts';
import type { ListFilter, ListPosition } from './list-order.ts';

/** Up to this number of messages the index is used; with more, filtering the list is faster. */
const MAX_FOUND = 2_500;
/** Newest conversations that are examined first: a frequent word fills a page from them. */
const NEWEST = 250;

/** Finds conversations in which one message, or the customer's name, contains all typed words, and that pass the check. */
export async function searchConversations(
  db: Database,
  workspaceId: string,
  typed: string,
  filter: ListFilter,
  check: Check | null,
  page: { limit: number; after: ListPosition | null },
): Promise<FoundPage> {
  const terms = toTerms(workspaceId, typed);
  if (terms.length === 0) return { keys: [], end: null };
  const checks = [saysIt(workspaceId, allOf(terms)), ...(check ? [check] : [])];
  const newest = await filterList(db, workspaceId, filter, page, checks, NEWEST);
  if (newest.keys.length === page.limit || newest.end === null) return newest;
  const few = await byIndex(db, workspaceId, terms, filter, check, page);
  if (few) return toPage(few, page.limit);
  return await filterList(db, workspaceId, filter, page, checks);
}

/** Returns null if there are too many hits to sort quickly. */
async function byIndex(
  db: Database,
  workspaceId: string,
  terms: string[],
  { states, status, assigneeId, changedSince }: ListFilter,
  check: Check | null,
  { limit, after }: { limit: number; after: ListPosition | null },
): Promise<ListPosition[] | null> {
  const conditions = sql.join(
    [
      sql`l.workspace_id = ${workspaceId}::uuid`,
      ...(states ? [sql`l.state = any(${textArray(states)})`] : []),
      ...(status ? [sql`l.status = ${status}`] : []),
      ...(assigneeId === null ? [sql`l.assignee_id is null`] : []),
      ...(assigneeId ? [sql`l.assignee_id = ${assigneeId}`] : []),
      ...(changedSince ? [sql`l.changed_at >= ${changedSince.toISOString()}::timestamptz`] : []),
      ...(check ? [check(sql`l.conversation_id`)] : []),
      ...(after ? [sql`(l.changed_at, l.conversation_id) < (${after.changedAt}::timestamptz, ${after.id}::uuid)`] : []),
    ],
    sql` and `,
  );
  const [row] = await db.transaction(async (tx) => {
    // Statistics do not tell workspaces apart: for a frequent word, PostgreSQL would scan all messages.
    await tx.execute(sql`set local enable_seqscan = off`);
    const { asked, compared } = await splitByFrequency(tx, terms);
    return await tx.execute<{ many: boolean; keys: ListPosition[] }>(sql`
      with found as materialized (
        select w.conversation_id from (
          select conversation_id, workspace_id, words from message_words where words @@ ${allOf(asked)}::tsquery offset 0
        ) w
        where w.workspace_id is not distinct from ${workspaceId}::uuid ${says(compared)}
        limit ${MAX_FOUND + 1}
      ), counted as materialized (select count(*) > ${MAX_FOUND} as many from found)
      select many, case when not many then (
        select coalesce(json_agg(json_build_object('changedAt', p.changed_at::text, 'id', p.conversation_id)), '[]')
        from (
          select l.conversation_id, l.changed_at from (select distinct conversation_id from found) f
          cross join lateral (
            select * from lanes l where l.workspace_id = ${workspaceId}::uuid and l.conversation_id = f.conversation_id offset 0
          ) l
          where ${conditions}
          order by l.changed_at desc, l.conversation_id desc limit ${limit + 1}
        ) p) end as keys
      from counted`);
  });
  return !row || row.many ? null : row.keys;
}

const allOf = (terms: string[]): string => terms.join(' & ');

const says = (terms: string[]): SQL => (terms.length === 0 ? sql`` : sql`and w.words @@ ${allOf(terms)}::tsquery`);

/** `offset 0` keeps PostgreSQL from searching the word index for each conversation. */
const saysIt =
  (workspaceId: string, query: string): Check =>
  (id): SQL =>
    sql`exists (
    select from (
      select words from message_words where workspace_id = ${workspaceId}::uuid and conversation_id = ${id} offset 0
    ) w where w.words @@ ${query}::tsquery)`;

const textArray = (values: readonly string[]): SQL =>
  sql`array(select json_array_elements_text(${JSON.stringify(values)}::json))`;

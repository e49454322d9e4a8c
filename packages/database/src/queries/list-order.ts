import { CONVERSATION_STATES, type ConversationState, type ConversationStatus } from '@baton/protocol';
import { sql, type SQL } from 'drizzle-orm';
import type { Queryable } from './queryable.ts';

/** Conditions that the list's indexes can serve. */
export interface ListFilter {
  states?: readonly ConversationState[] | undefined;
  status?: ConversationStatus | undefined;
  /** A teammate's id, or null for unassigned conversations. */
  assigneeId?: string | null | undefined;
  changedSince?: Date | undefined;
}

/** End of a page: id and exact time, which a `Date` would round to milliseconds. */
export interface ListPosition {
  changedAt: string;
  id: string;
}

const STATUSES: readonly ConversationStatus[] = ['open', 'snoozed', 'closed'];

/**
 * Reads keys, the latest change first. The index is ordered within each range of status, state and assignment: the query merges
 * the first `limit` entries of at most 24 ranges, so its cost does not depend on the filter (ADR 14).
 */
export async function readListKeys(
  db: Queryable,
  workspaceId: string,
  filter: ListFilter,
  after: ListPosition | null,
  limit: number,
): Promise<ListPosition[]> {
  return await db.execute<{ changedAt: string; id: string }>(sql`
    select changed_at::text as "changedAt", conversation_id as id from ${orderedLanes(workspaceId, filter, after, limit)} as l`);
}

/** A subquery of `lanes` in list order, with `conversation_id`, `channel_id` and `changed_at`. */
export function orderedLanes(workspaceId: string, filter: ListFilter, after: ListPosition | null, limit: number): SQL {
  const conditions = sql.join(
    [
      sql`workspace_id = ${workspaceId}::uuid and status = list_range.status and state = list_range.state`,
      typeof filter.assigneeId === 'string'
        ? sql`assignee_id = ${filter.assigneeId}`
        : sql`unassigned = list_range.unassigned and changed_at is not null`,
      ...(filter.changedSince ? [sql`changed_at >= ${filter.changedSince.toISOString()}::timestamptz`] : []),
      ...(after ? [sql`(changed_at, conversation_id) < (${after.changedAt}::timestamptz, ${after.id}::uuid)`] : []),
    ],
    sql` and `,
  );
  return sql`(
    select l.conversation_id, l.channel_id, l.changed_at from ${ranges(filter)}
    cross join lateral (
      select conversation_id, channel_id, changed_at from lanes where ${conditions}
      order by changed_at desc, conversation_id desc limit ${limit}
    ) l
    order by l.changed_at desc, l.conversation_id desc limit ${limit})`;
}

/** One JSON parameter, so that all filters share one plan. */
export function ranges({ states = CONVERSATION_STATES, status, assigneeId }: ListFilter): SQL {
  const statuses = status ? [status] : STATUSES;
  const owners = assigneeId === undefined ? [true, false] : [assigneeId === null];
  const all = statuses.flatMap((of) =>
    states.flatMap((state) => owners.map((unassigned) => ({ status: of, state, unassigned }))),
  );
  return sql`json_to_recordset(${JSON.stringify(all)}::json) as list_range(status text, state text, unassigned bool)`;
}

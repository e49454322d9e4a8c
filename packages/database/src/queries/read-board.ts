import { UNANSWERED_REASONS, type Board, type ConversationState } from '@baton/protocol';
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { lanes } from '../schema/lanes.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import { ranges } from './list-order.ts';
import type { Queryable } from './queryable.ts';

export interface BoardFilter {
  agentId?: string | undefined;
  channelId?: string | undefined;
}

/** More in one column nobody can watch. */
const MOST_PER_STATE = 100;
/** The longest waiting of a state, which include those that need a teammate. */
const MOST_WAITING = 1_000;
/** Counted no further. */
const MOST_COUNTED = 10_000;

const NONE: Board['counts'] = { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 };

/** The live board of one workspace, by the indexes of queues and list: what is closed and does not wait is never looked at. */
export async function readBoard(db: Queryable, workspaceId: string, filter: BoardFilter): Promise<Board> {
  const ids = [...(await mostUrgent(db, workspaceId, filter))];
  const rows =
    ids.length === 0
      ? []
      : await selectConversations(db, {}).where(
          and(eq(lanes.workspaceId, workspaceId), inArray(lanes.conversationId, ids)),
        );
  return { items: rows.map(toConversation), counts: await count(db, workspaceId, filter) };
}

/** Per state: those that need a teammate, then other waiting ones, then the longest unchanged. */
async function mostUrgent(db: Queryable, workspaceId: string, filter: BoardFilter): Promise<Set<string>> {
  const urgent = await db.execute<{ id: string; state: ConversationState }>(sql`
    with waiting as materialized (
      select * from (
        select l.conversation_id, l.state, l.waiting_since,
          row_number() over (partition by l.state order by l.waiting_since) as place
        from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.has_pending_work and l.waiting_since is not null and ${of(filter)}
      ) longest where place <= ${MOST_WAITING}
    ), ranked as (
      select w.conversation_id, w.state, row_number() over (
        partition by w.state order by coalesce(c.unanswered, false) desc, w.waiting_since, w.conversation_id) as place
      from waiting w
      cross join lateral (
        select ${inArray(sql`case when a.paused and c.state = 'agentActive' then 'agentPaused' else c.reason end`, [...UNANSWERED_REASONS])} as unanswered
        from conversations c join agents a on a.workspace_id = c.workspace_id and a.id = c.agent_id
        where c.workspace_id = ${workspaceId}::uuid and c.id = w.conversation_id offset 0
      ) c
    ), resting as (
      select l.conversation_id, place.state, ${MOST_PER_STATE} + row_number() over (
        partition by place.state order by l.changed_at, l.conversation_id) as place
      from ${ranges({ status: 'open' })}
      cross join lateral (
        select l.conversation_id, l.changed_at from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.status = place.status and l.state = place.state
          and l.unassigned = place.unassigned and l.changed_at is not null and l.waiting_since is null and ${of(filter)}
        order by l.changed_at limit ${MOST_PER_STATE}
      ) l
    )
    select conversation_id as id, state from (
      select * from ranked where place <= ${MOST_PER_STATE}
      union all
      select * from resting where place <= ${2 * MOST_PER_STATE}
    ) both_kinds
    order by place`);
  const perState = Map.groupBy(urgent, ({ state }) => state);
  return new Set([...perState.values()].flatMap((rows) => rows.slice(0, MOST_PER_STATE).map(({ id }) => id)));
}

/** Open ones, and those in which a customer waits although they are not open. */
async function count(db: Queryable, workspaceId: string, filter: BoardFilter): Promise<Board['counts']> {
  const rows = await db.execute<{ state: ConversationState; total: number }>(sql`
    select place.state, (least(sum(l.counted), ${MOST_COUNTED}) + coalesce((
      select count(*) from lanes l
      where l.workspace_id = ${workspaceId}::uuid and l.has_pending_work and l.waiting_since is not null and l.status <> 'open'
        and l.state = place.state and ${of(filter)}), 0))::int as total
    from ${ranges({ status: 'open' })}
    cross join lateral (
      select count(*) as counted from (
        select from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.status = place.status and l.state = place.state
          and l.unassigned = place.unassigned and l.changed_at is not null and ${of(filter)}
        limit ${MOST_COUNTED}
      ) first
    ) l
    group by place.state`);
  return { ...NONE, ...Object.fromEntries(rows.map(({ state, total }) => [state, total])) };
}

const of = ({ agentId, channelId }: BoardFilter): SQL =>
  sql.join(
    [
      ...(agentId ? [sql`l.agent_id = ${agentId}::uuid`] : []),
      ...(channelId ? [sql`l.channel_id = ${channelId}::uuid`] : []),
      sql`true`,
    ],
    sql` and `,
  );

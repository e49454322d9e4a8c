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

/** Conversations per column of the board. */
const MAX_PER_STATE = 100;
/** The longest waiting of a state, which include those that need a teammate. */
const MAX_WAITING = 1_000;
/** Counts stop here. */
const MAX_COUNTED = 10_000;

const NONE: Board['counts'] = { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 };

/** Reads the board of one workspace by the indexes of queues and list. It never reads closed conversations without a waiting customer. */
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
          row_number() over (partition by l.state order by l.waiting_since) as position
        from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.has_pending_work and l.waiting_since is not null and ${of(filter)}
      ) longest where position <= ${MAX_WAITING}
    ), ranked as (
      select w.conversation_id, w.state, row_number() over (
        partition by w.state order by coalesce(c.unanswered, false) desc, w.waiting_since, w.conversation_id) as position
      from waiting w
      cross join lateral (
        select ${inArray(sql`case when a.paused and c.state = 'agentActive' then 'agentPaused' else c.reason end`, [...UNANSWERED_REASONS])} as unanswered
        from conversations c join agents a on a.workspace_id = c.workspace_id and a.id = c.agent_id
        where c.workspace_id = ${workspaceId}::uuid and c.id = w.conversation_id offset 0
      ) c
    ), resting as (
      select l.conversation_id, list_range.state, ${MAX_PER_STATE} + row_number() over (
        partition by list_range.state order by l.changed_at, l.conversation_id) as position
      from ${ranges({ status: 'open' })}
      cross join lateral (
        select l.conversation_id, l.changed_at from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.status = list_range.status and l.state = list_range.state
          and l.unassigned = list_range.unassigned and l.changed_at is not null and l.waiting_since is null and ${of(filter)}
        order by l.changed_at limit ${MAX_PER_STATE}
      ) l
    )
    select conversation_id as id, state from (
      select * from ranked where position <= ${MAX_PER_STATE}
      union all
      select * from resting where position <= ${2 * MAX_PER_STATE}
    ) both_kinds
    order by position`);
  const perState = Map.groupBy(urgent, ({ state }) => state);
  return new Set([...perState.values()].flatMap((rows) => rows.slice(0, MAX_PER_STATE).map(({ id }) => id)));
}

/** Counts open conversations, and others in which a customer waits. */
async function count(db: Queryable, workspaceId: string, filter: BoardFilter): Promise<Board['counts']> {
  const rows = await db.execute<{ state: ConversationState; total: number }>(sql`
    select list_range.state, (least(sum(l.counted), ${MAX_COUNTED}) + coalesce((
      select count(*) from lanes l
      where l.workspace_id = ${workspaceId}::uuid and l.has_pending_work and l.waiting_since is not null and l.status <> 'open'
        and l.state = list_range.state and ${of(filter)}), 0))::int as total
    from ${ranges({ status: 'open' })}
    cross join lateral (
      select count(*) as counted from (
        select from lanes l
        where l.workspace_id = ${workspaceId}::uuid and l.status = list_range.status and l.state = list_range.state
          and l.unassigned = list_range.unassigned and l.changed_at is not null and ${of(filter)}
        limit ${MAX_COUNTED}
      ) first
    ) l
    group by list_range.state`);
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

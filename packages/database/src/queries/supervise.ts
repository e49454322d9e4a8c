import { IN_VAIN, type Board, type ConversationState } from '@baton/protocol';
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { conversations } from '../schema/conversations.ts';
import { lanes } from '../schema/lanes.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import type { Queryable } from './queryable.ts';

export interface BoardFilter {
  agentId?: string | undefined;
  channelId?: string | undefined;
}

/** More in one column nobody can watch. */
const MOST_PER_STATE = 100;

const NONE: Board['counts'] = { agentActive: 0, humanActive: 0, humanPriorityWindow: 0, agentDisabled: 0 };

/** The live board of one workspace. Reads all of its conversations once: for opening the page, not for every change. */
export async function readBoard(db: Queryable, workspaceId: string, filter: BoardFilter): Promise<Board> {
  const ranked = await db.execute<{ id: string; state: ConversationState; total: number }>(sql`
    select id, state, total from (
      select ${conversations.id}, ${conversations.state},
        (count(*) over (partition by ${conversations.state}))::int as total,
        row_number() over (partition by ${conversations.state} order by ${urgency}) as place
      from ${conversations}
      where ${and(
        eq(conversations.workspaceId, workspaceId),
        sql`(${conversations.status} = 'open' or ${conversations.waitingSince} is not null)`,
        filter.agentId ? eq(conversations.agentId, filter.agentId) : undefined,
        filter.channelId ? eq(conversations.channelId, filter.channelId) : undefined,
      )}
    ) ranked
    where place <= ${MOST_PER_STATE}`);
  const ids = ranked.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await selectConversations(db, {}).where(
          and(eq(lanes.workspaceId, workspaceId), inArray(lanes.conversationId, ids)),
        );
  const counts = { ...NONE, ...Object.fromEntries(ranked.map(({ state, total }) => [state, total])) };
  return { items: rows.map(toConversation), counts };
}

const urgency: SQL = sql`
  (${conversations.waitingSince} is not null and coalesce(${inArray(conversations.reason, [...IN_VAIN])}, false)) desc,
  ${conversations.waitingSince} nulls last, ${conversations.stateSince}, ${conversations.id}`;

import type { AgentPhase, Conversation, Message, Person, SilenceReason } from '@baton/protocol';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { agents } from '../schema/agents.ts';
import { customers } from '../schema/channels.ts';
import { conversations } from '../schema/conversations.ts';
import { lanes } from '../schema/lanes.ts';
import { messages } from '../schema/messages.ts';
import { messageJson } from '../store/sql-fragments.ts';
import type { Queryable } from './queryable.ts';

export const conversationColumns = {
  id: conversations.id,
  channelId: conversations.channelId,
  agentId: conversations.agentId,
  state: conversations.state,
  /** The second part of the snapshot's leaf state. */
  phase: sql<AgentPhase | null>`nullif(split_part(${conversations.snapshot} ->> 'value', '.', 2), '')`,
  stateSince: conversations.stateSince,
  holder: conversations.holder,
  agentReplies: conversations.agentReplies,
  /** The pause comes from the agent, because an idle conversation applies it only with its next event (HOLD-18). */
  reason: sql<SilenceReason | null>`case
    when ${conversations.quarantinedAt} is not null then 'quarantined'
    when ${agents.paused} and ${conversations.state} = 'agentActive' then 'agentPaused'
    when ${conversations.reason} = 'agentPaused' then null
    else ${conversations.reason} end`,
  reasonBy: sql<Person | null>`case
    when ${conversations.quarantinedAt} is not null then null
    when ${agents.paused} and ${conversations.state} = 'agentActive' then ${agents.pausedBy}
    when ${conversations.reason} = 'agentPaused' then null
    else ${conversations.reasonBy} end`.mapWith(conversations.reasonBy),
  resumesAt: conversations.resumesAt,
  waitingSince: conversations.waitingSince,
  status: conversations.status,
  snoozedUntil: conversations.snoozedUntil,
  assigneeId: conversations.assigneeId,
  version: conversations.version,
  revision: conversations.revision,
  lastSeq: conversations.lastSeq,
};

interface Row {
  conversation: Pick<
    typeof conversations.$inferSelect,
    Exclude<keyof typeof conversationColumns, 'phase' | 'reason' | 'reasonBy'>
  > & {
    phase: AgentPhase | null;
    reason: SilenceReason | null;
    reasonBy: Person | null;
  };
  customer: { id: string; name: string };
  lastMessage: Message | null;
}

export function toConversation({ conversation, customer, lastMessage }: Row): Conversation {
  return {
    ...conversation,
    customer,
    stateSince: conversation.stateSince.toISOString(),
    resumesAt: conversation.resumesAt?.toISOString() ?? null,
    waitingSince: conversation.waitingSince?.toISOString() ?? null,
    snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null,
    lastMessage,
  };
}

/** Selects conversations as clients see them, and the columns in `more`. Joins the lanes for conditions and order. */
export function selectConversations<T extends Record<string, SQL>>(db: Queryable, more: T) {
  return db
    .select({
      conversation: conversationColumns,
      customer: { id: customers.id, name: customers.name },
      lastMessage: sql<Message | null>`case when ${messages.id} is not null then ${sql.raw(messageJson('messages'))} end`,
      ...more,
    })
    .from(lanes)
    .innerJoin(
      conversations,
      and(eq(conversations.workspaceId, lanes.workspaceId), eq(conversations.id, lanes.conversationId)),
    )
    .innerJoin(
      customers,
      and(eq(customers.workspaceId, conversations.workspaceId), eq(customers.id, conversations.customerId)),
    )
    .innerJoin(agents, and(eq(agents.workspaceId, conversations.workspaceId), eq(agents.id, conversations.agentId)))
    .leftJoin(
      messages,
      and(
        eq(messages.workspaceId, conversations.workspaceId),
        eq(messages.conversationId, conversations.id),
        eq(messages.seq, conversations.lastMessageSeq),
      ),
    );
}

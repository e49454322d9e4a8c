import type { ConversationState, ConversationStatus } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { conversations } from './conversations.ts';
import { workspaceId } from './workspaces.ts';

/**
 * One row per conversation: its position in the three queues (timers, generations, outbox) and in the list. Each queue is a due
 * time, and a claim moves the time to the end of the claim (ADR 14).
 */
export const lanes = pgTable(
  'lanes',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    /** Time of the last visible change: the order of lists and their repair. Never null, although its index requires a condition. */
    changedAt: time('changed_at').defaultNow(),

    // Copies for the list: an index on these columns of `conversations` would prevent its updates in place (ADR 14).
    state: text('state').$type<ConversationState>().notNull().default('agentActive'),
    status: text('status').$type<ConversationStatus>().notNull().default('open'),
    assigneeId: text('assignee_id'),
    unassigned: boolean('unassigned')
      .notNull()
      .generatedAlwaysAs(sql`assignee_id is null`),
    waitingSince: time('waiting_since'),

    /** Timers: the earliest deadline. */
    wakeAt: time('wake_at'),
    /** A timer runs or a customer waits, so that a change of rules affects the conversation. */
    hasPendingWork: boolean('has_pending_work').notNull().default(false),

    /** Generations: set while the agent makes a reply. */
    replyAt: time('reply_at'),
    replyTurn: integer('reply_turn'),
    replyDeadlineAt: time('reply_deadline_at'),
    replyWorker: text('reply_worker'),

    /** Outbox: set while messages are to be sent. */
    sendAt: time('send_at'),
    /** All messages before this seq are sent. Null if `sendAt` is null. */
    sendSeq: integer('send_seq'),
    sendWorker: text('send_worker'),
    /** The lane waits for the end of its channel's outage. */
    deferred: boolean('deferred').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId] }),
    foreignKey({
      name: 'lanes_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
    // Workers take from queues over all workspaces, oldest first, so these indexes do not begin with the workspace.
    index('lanes_wake')
      .on(table.wakeAt)
      .where(sql`wake_at is not null`),
    index('lanes_reply')
      .on(table.replyAt)
      .where(sql`reply_at is not null`),
    index('lanes_send')
      .on(table.sendAt)
      .where(sql`send_at is not null`),
    index('lanes_deferred')
      .on(table.workspaceId, table.channelId)
      .where(sql`deferred`),
    index('lanes_pending_work')
      .on(table.workspaceId, table.agentId)
      .where(sql`has_pending_work`),
    // The conditions keep these indexes out of plans for look-ups by key. A list merges a few ranges: one per status, state
    // and assignment.
    index('lanes_listed')
      .on(table.workspaceId, table.status, table.state, table.unassigned, table.changedAt, table.conversationId)
      .where(sql`changed_at is not null`),
    index('lanes_assigned')
      .on(table.workspaceId, table.assigneeId, table.status, table.state, table.changedAt, table.conversationId)
      .where(sql`assignee_id is not null`),
  ],
);

import type { ConversationState, ConversationStatus } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { conversations } from './conversations.ts';
import { workspaceId } from './workspaces.ts';

/**
 * One row per conversation, made with it: its place in the three queues (timers, generations, outbox) and in the list.
 * Each queue is a due time; who claims a row moves that time to the end of the claim. ADR 14 says why.
 */
export const lanes = pgTable(
  'lanes',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    /** When anything visible last changed: the list's order, and what nodes repair their lists from. Never null: see its index. */
    changedAt: time('changed_at').defaultNow(),

    // The list: copies of the conversation's columns, because an index on them there would end its updates in place (ADR 14).
    state: text('state').$type<ConversationState>().notNull().default('agentActive'),
    status: text('status').$type<ConversationStatus>().notNull().default('open'),
    assigneeId: text('assignee_id'),
    unassigned: boolean('unassigned')
      .notNull()
      .generatedAlwaysAs(sql`assignee_id is null`),
    waitingSince: time('waiting_since'),

    /** Timers: the earliest deadline. */
    wakeAt: time('wake_at'),
    /** Something is going on that a change of rules would touch: a timer, or a customer who waits. */
    hasPendingWork: boolean('has_pending_work').notNull().default(false),

    /** Generations: set while a reply is being made. */
    replyAt: time('reply_at'),
    replyTurn: integer('reply_turn'),
    replyDeadlineAt: time('reply_deadline_at'),
    replyWorker: text('reply_worker'),

    /** Outbox: set while something is to be sent. */
    sendAt: time('send_at'),
    /** No message before this seq is still to be sent. Null when `sendAt` is. */
    sendSeq: integer('send_seq'),
    sendWorker: text('send_worker'),
    /** Waits for its channel to come back. */
    deferred: boolean('deferred').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId] }),
    foreignKey({
      name: 'lanes_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
    // Queues are taken over all workspaces of a database, oldest first: the one place where the workspace is not in front.
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
    // The conditions keep them out of look-ups by key, which any index that begins with the workspace could serve, badly.
    // Each list is a merge of a few of their ranges: one per status, state and whether it is somebody's.
    index('lanes_listed')
      .on(table.workspaceId, table.status, table.state, table.unassigned, table.changedAt, table.conversationId)
      .where(sql`changed_at is not null`),
    index('lanes_assigned')
      .on(table.workspaceId, table.assigneeId, table.status, table.state, table.changedAt, table.conversationId)
      .where(sql`assignee_id is not null`),
  ],
);

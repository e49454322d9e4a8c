import type { Delivery, Origin } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { conversations } from './conversations.ts';
import { workspaceId } from './workspaces.ts';

export const messages = pgTable(
  'messages',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    /** Gapless and in commit order (TIME-3). */
    seq: integer('seq').notNull(),
    id: uuid('id').notNull(),
    channelId: uuid('channel_id').notNull(),
    origin: text('origin').$type<Origin>().notNull(),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    note: boolean('note').notNull(),
    text: text('text').notNull(),
    createdAt: createdAt(),
    /** The conversation's revision when this message last changed. */
    revision: integer('revision').notNull(),

    clientMessageId: text('client_message_id'),
    /** Of an inbound message: the provider's id. */
    externalId: text('external_id'),
    /** Of an outbound message: the provider's id, which also identifies its echo. */
    providerId: text('provider_id'),

    /** Null for messages that are not sent. */
    delivery: text('delivery').$type<Delivery>(),
    /** Of agent messages: the turn and epoch of their generation. The fence compares the epoch. */
    turn: integer('turn'),
    agentEpoch: integer('agent_epoch'),
    /** The turn of a message that is not withheld. Its own column, so that marks do not update the index. */
    sendableTurn: integer('sendable_turn').generatedAlwaysAs(
      sql`case when origin = 'agent' and delivery <> 'withheld' then turn end`,
    ),
    attempts: integer('attempts').notNull().default(0),
    /** Start of the last attempt. */
    claimedAt: time('claimed_at'),
    /** The outcome of an attempt is unknown, so the message must never be called unsent. */
    mayHaveArrived: boolean('may_have_arrived').notNull().default(false),
    /** Of an `uncertain` message: later messages of the conversation wait until then (SEND-4). */
    blocksUntil: time('blocks_until'),
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.seq] }),
    // Like the partial indexes below, without key columns: see `conversations_customer`.
    unique('messages_id').on(table.id),
    uniqueIndex('messages_client_message_id')
      .on(table.workspaceId, table.conversationId, table.clientMessageId)
      .where(sql`client_message_id is not null`),
    uniqueIndex('messages_external_id')
      .on(table.channelId, table.externalId)
      .where(sql`external_id is not null`),
    index('messages_provider_id')
      .on(table.channelId, table.providerId)
      .where(sql`provider_id is not null`),
    uniqueIndex('messages_one_sendable_reply_per_turn')
      .on(table.workspaceId, table.conversationId, table.sendableTurn)
      .where(sql`sendable_turn is not null`),
    foreignKey({
      name: 'messages_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
    check('messages_origin', sql`${table.origin} in ('customer', 'teammate', 'external', 'agent', 'system')`),
    check(
      'messages_delivery',
      sql`${table.delivery} in ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'withheld', 'uncertain')`,
    ),
    check(
      'messages_agent_fence',
      sql`(${table.origin} = 'agent' and not ${table.note}) = (${table.turn} is not null and ${table.agentEpoch} is not null)`,
    ),
  ],
);

/** Late or aborted replies of the agent. They are never sent, but offered to teammates (TURN-4). */
export const drafts = pgTable(
  'drafts',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    turn: integer('turn').notNull(),
    text: text('text').notNull(),
    at: time('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.turn] }),
    index('drafts_time').on(table.at),
    foreignKey({
      name: 'drafts_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
  ],
);

/** The last message that a teammate has read of a conversation. */
export const readMarkers = pgTable(
  'read_markers',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    userId: text('user_id').notNull(),
    seq: integer('seq').notNull(),
    at: time('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.userId] }),
    foreignKey({
      name: 'read_markers_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
  ],
);

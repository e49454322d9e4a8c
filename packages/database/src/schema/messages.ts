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
    /** Inbound: the provider's id. */
    externalId: text('external_id'),
    /** Outbound: the id that the provider gave it; its echo is recognised by it. */
    providerId: text('provider_id'),

    /** Null on what is not sent. */
    delivery: text('delivery').$type<Delivery>(),
    /** Agent messages only: what they were made for. The fence compares the epoch. */
    turn: integer('turn'),
    agentEpoch: integer('agent_epoch'),
    /** The turn, while the message may go out or has gone out. Apart from `delivery`, so that marks stay off the index. */
    sendableTurn: integer('sendable_turn').generatedAlwaysAs(
      sql`case when origin = 'agent' and delivery <> 'withheld' then turn end`,
    ),
    attempts: integer('attempts').notNull().default(0),
    /** When it last became `sending`. */
    claimedAt: time('claimed_at'),
    /** An attempt whose outcome nobody knows: it must never be called unsent. */
    mayHaveArrived: boolean('may_have_arrived').notNull().default(false),
    /** `uncertain`: until then later messages of the conversation wait (SEND-4). */
    blocksUntil: time('blocks_until'),
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.seq] }),
    // Like the partial ones below, apart from the key columns: see `conversations_customer`.
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

/** Late or aborted replies of the agent: never sent, offered to teammates (TURN-4). */
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

/** Up to where each teammate has read each conversation. */
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

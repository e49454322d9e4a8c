import type { ConversationEvent, ConversationView } from '@baton/conversation';
import type {
  Cause,
  ConversationState,
  ConversationStatus,
  Holder,
  Leaf,
  Person,
  SilenceReason,
} from '@baton/protocol';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { customers } from './channels.ts';
import { createdAt, time } from './columns.ts';
import { workspaceId } from './workspaces.ts';

/**
 * The columns that repeat the snapshot's view, for lists and the fence. `view-columns.ts` writes them; a field of the view
 * without its column does not compile.
 */
const viewColumns = {
  state: text('state').$type<ConversationState>().notNull(),
  holder: jsonb('holder').$type<Holder>().notNull(),
  agentReplies: boolean('agent_replies').notNull(),
  reason: text('reason').$type<SilenceReason>(),
  reasonBy: jsonb('reason_by').$type<Person>(),
  resumesAt: time('resumes_at'),
  waitingSince: time('waiting_since'),
  status: text('status').$type<ConversationStatus>().notNull(),
  snoozedUntil: time('snoozed_until'),
  assigneeId: text('assignee_id'),
  lastSeq: integer('last_seq').notNull().default(0),
  turn: integer('turn').notNull(),
  /** The fence: the epoch that agent messages must carry. Null while people hold. */
  agentEpoch: integer('agent_epoch'),
  /** The one closing message that may still be sent in `agentDisabled` (TURN-8). */
  closingSeq: integer('closing_seq'),
} satisfies Record<Exclude<keyof ConversationView, 'generation'>, unknown>;

export type ViewField = keyof typeof viewColumns;

export const isViewField = (name: string): name is ViewField => name in viewColumns;

/**
 * A conversation at its newest version. Commits update this row in place (HOT), because `fillfactor` is 50 and no index holds
 * a changing column: the times of queues and lists are in `lanes`.
 */
export const conversations = pgTable(
  'conversations',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull(),
    channelId: uuid('channel_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    agentId: uuid('agent_id').notNull(),

    /** Number of events applied: the guard of every commit. */
    version: integer('version').notNull().default(0),
    /** Raised by every visible change, deliveries too (SEE-6). */
    revision: integer('revision').notNull().default(0),
    /** The actor's state. The view columns are derived from it. */
    snapshot: jsonb('snapshot').$type<unknown>().notNull(),
    /** The agent's rules that the snapshot was computed with. */
    rulesVersion: integer('rules_version').notNull(),
    /** Lease id -> expiry in ms since 1970. Heartbeats move an expiry without an event (HOLD-4). */
    typingLeases: jsonb('typing_leases').$type<Record<string, number>>().notNull().default({}),

    ...viewColumns,
    /** When `state` last changed. */
    stateSince: time('state_since')
      .notNull()
      .default(sql`date_trunc('milliseconds', now())`),
    /** The newest message that is not a note. */
    lastMessageSeq: integer('last_message_seq'),

    createdAt: createdAt(),
    changedAt: time('changed_at').notNull().defaultNow(),
    quarantinedAt: time('quarantined_at'),
    quarantineDetail: text('quarantine_detail'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // Only the primary key contains key columns, so that no plan can look rows up in another way (ADR 16).
    unique('conversations_customer').on(table.customerId),
    foreignKey({
      name: 'conversations_customer_exists',
      columns: [table.workspaceId, table.customerId],
      foreignColumns: [customers.workspaceId, customers.id],
    }),
    check(
      'conversations_state',
      sql`${table.state} in ('agentActive', 'humanActive', 'humanPriorityWindow', 'agentDisabled')`,
    ),
    check('conversations_epoch', sql`(${table.state} = 'agentActive') = (${table.agentEpoch} is not null)`),
    check('conversations_snapshot_is_an_object', sql`jsonb_typeof(${table.snapshot}) = 'object'`),
    check('conversations_leases_are_an_object', sql`jsonb_typeof(${table.typingLeases}) = 'object'`),
  ],
);

/** Append-only: every event of a conversation in order. Replaying the events gives the snapshot (TIME-3). */
export const transitions = pgTable(
  'transitions',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    version: integer('version').notNull(),
    event: jsonb('event').$type<ConversationEvent & Record<string, unknown>>().notNull(),
    fromState: text('from_state').$type<ConversationState>().notNull(),
    toState: text('to_state').$type<ConversationState>().notNull(),
    fromLeaf: text('from_leaf').$type<Leaf>(),
    toLeaf: text('to_leaf').$type<Leaf>(),
    causedBy: jsonb('caused_by').$type<Cause>().notNull(),
    at: time('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.version] }),
    foreignKey({
      name: 'transitions_conversation',
      columns: [table.workspaceId, table.conversationId],
      foreignColumns: [conversations.workspaceId, conversations.id],
    }),
    check('transitions_event_is_an_object', sql`jsonb_typeof(${table.event}) = 'object'`),
  ],
);

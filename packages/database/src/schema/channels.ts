import type { ChannelKind, ChannelSettings } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { agents } from './agents.ts';
import { createdAt, time } from './columns.ts';
import { workspaceId } from './workspaces.ts';

export const channels = pgTable(
  'channels',
  {
    workspaceId: workspaceId(),
    /** Unique by itself: a webhook's address names nothing else. */
    id: uuid('id').notNull().unique(),
    kind: text('kind').$type<ChannelKind>().notNull(),
    name: text('name').notNull(),
    /** The agent of conversations that begin here. */
    agentId: uuid('agent_id').notNull(),
    settings: jsonb('settings').$type<ChannelSettings>().notNull().default({}),
    /** SHA-256, hex. */
    inboundSecretHash: text('inbound_secret_hash').notNull(),
    /** Signs what we send, so it is kept as it is. */
    signingSecret: text('signing_secret').notNull(),
    createdAt: createdAt(),
    /** Set: takes nothing in any more. */
    disabledAt: time('disabled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      name: 'channels_agent',
      columns: [table.workspaceId, table.agentId],
      foreignColumns: [agents.workspaceId, agents.id],
    }),
    check('channels_settings_are_an_object', sql`jsonb_typeof(${table.settings}) = 'object'`),
  ],
);

/** A row while a channel's far end fails: its lanes wait for one probe instead of being tried each on its own. */
export const channelOutages = pgTable(
  'channel_outages',
  {
    workspaceId: workspaceId(),
    channelId: uuid('channel_id').notNull(),
    failuresInARow: integer('failures_in_a_row').notNull(),
    /** Until then nothing is sent; then one lane probes. */
    probeAt: time('probe_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.channelId] }),
    foreignKey({
      name: 'channel_outages_channel',
      columns: [table.workspaceId, table.channelId],
      foreignColumns: [channels.workspaceId, channels.id],
    }),
  ],
);

/** A person outside, as one channel knows them. */
export const customers = pgTable(
  'customers',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull(),
    channelId: uuid('channel_id').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    createdAt: createdAt(),
    blockedAt: time('blocked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('customers_external_id').on(table.channelId, table.externalId),
    foreignKey({
      name: 'customers_channel',
      columns: [table.workspaceId, table.channelId],
      foreignColumns: [channels.workspaceId, channels.id],
    }),
  ],
);

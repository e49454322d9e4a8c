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
    /** Unique without the workspace, because a webhook's URL contains only this id. */
    id: uuid('id').notNull().unique(),
    kind: text('kind').$type<ChannelKind>().notNull(),
    name: text('name').notNull(),
    /** The agent of conversations that begin here. */
    agentId: uuid('agent_id').notNull(),
    settings: jsonb('settings').$type<ChannelSettings>().notNull().default({}),
    /** SHA-256, hex. */
    inboundSecretHash: text('inbound_secret_hash').notNull(),
    /** Signs outgoing requests, so it is not hashed. */
    signingSecret: text('signing_secret').notNull(),
    createdAt: createdAt(),
    /** Set: the channel receives no messages. */
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

/** A row exists while a channel's provider fails: its lanes wait for one probe instead of retrying on their own. */
export const channelOutages = pgTable(
  'channel_outages',
  {
    workspaceId: workspaceId(),
    channelId: uuid('channel_id').notNull(),
    failuresInARow: integer('failures_in_a_row').notNull(),
    /** Until this time nothing is sent. Then one lane probes. */
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

/** A person as one channel knows them. */
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

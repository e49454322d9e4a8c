import { type AgentBackendKind, DEFAULT_RULES, type Person } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, time } from './columns.ts';
import { workspaceId, workspaces } from './workspaces.ts';

/** The settings of a backend without its secret. */
export type ShownBackend = Record<string, unknown> & { kind: AgentBackendKind };

export const agents = pgTable(
  'agents',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    backend: jsonb('backend').$type<ShownBackend>().notNull(),
    /** In its own column, so that reading an agent cannot expose the secret. */
    backendSecret: text('backend_secret'),
    muteWhenHumanActive: boolean('mute_when_human_active').notNull().default(DEFAULT_RULES.muteWhenHumanActive),
    humanPriorityWindowSeconds: integer('human_priority_window_seconds')
      .notNull()
      .default(DEFAULT_RULES.humanPriorityWindowSeconds),
    replyDelaySeconds: integer('reply_delay_seconds').notNull().default(DEFAULT_RULES.replyDelaySeconds),
    /** Raised by every change of the three settings or `paused`. Every commit is guarded by it. */
    rulesVersion: integer('rules_version').notNull().default(1),
    /** *Pause this agent everywhere* (HOLD-18). */
    paused: boolean('paused').notNull().default(false),
    pausedBy: jsonb('paused_by').$type<Person>(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    check('agents_backend_is_an_object', sql`jsonb_typeof(${table.backend}) = 'object'`),
    check('agents_window', sql`${table.humanPriorityWindowSeconds} between 0 and 86400`),
    check('agents_reply_delay', sql`${table.replyDelaySeconds} between 0 and 60`),
  ],
);

/** Questions and answers of a workspace's `faq` agents. */
export const knowledgeEntries = pgTable(
  'knowledge_entries',
  {
    workspaceId: workspaceId().references(() => workspaces.id),
    id: uuid('id').notNull(),
    question: text('question').notNull(),
    answer: text('answer').notNull(),
    createdAt: createdAt(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.id] })],
);

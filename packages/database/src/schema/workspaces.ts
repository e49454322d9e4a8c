import type { Role } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './auth.ts';
import { createdAt, time } from './columns.ts';

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});

export const workspaceId = () => uuid('workspace_id').notNull();

const inWorkspace = () => workspaceId().references(() => workspaces.id);

/** The membership of a user in a workspace. A teammate's id is the user's id. */
export const teammates = pgTable(
  'teammates',
  {
    workspaceId: inWorkspace(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<Role>().notNull(),
    createdAt: createdAt(),
    /** Set: no longer a member. The row is kept because the history refers to it. */
    revokedAt: time('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index('teammates_user').on(table.userId),
    check('teammates_role', sql`${table.role} in ('teammate', 'supervisor', 'owner')`),
  ],
);

/** A key acts as its teammate. Only its SHA-256 is stored: keys are random, so no slow hash is needed. */
export const apiKeys = pgTable(
  'api_keys',
  {
    workspaceId: workspaceId(),
    id: uuid('id').notNull(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    /** In hex. Unique without the workspace, because the caller only sends the key. */
    keyHash: text('key_hash').notNull().unique(),
    createdAt: createdAt(),
    revokedAt: time('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      name: 'api_keys_teammate',
      columns: [table.workspaceId, table.userId],
      foreignColumns: [teammates.workspaceId, teammates.userId],
    }),
  ],
);

/** Administrative changes of a workspace: agents, rules, channels, keys, people. Append-only. */
export const auditLog = pgTable(
  'audit_log',
  {
    workspaceId: inWorkspace(),
    id: uuid('id').notNull(),
    at: time('at').notNull().defaultNow(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    /** For example `agent.rules.changed`. */
    action: text('action').notNull(),
    subjectId: text('subject_id'),
    /** Before and after where it helps; never a secret. */
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('audit_log_time').on(table.workspaceId, table.at),
  ],
);

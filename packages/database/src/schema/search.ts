import { customType, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { workspaceId } from './workspaces.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * The search words of each message; seq 0 is the customer's name. The indexer fills the table shortly after the commit, to keep
 * commits fast (ADR 17). A foreign key would lock rows that commits need.
 */
export const messageWords = pgTable(
  'message_words',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    /** Each word begins with its workspace's tag, which separates workspaces within the index. */
    words: tsvector('words').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.seq] }),
    index('message_words_words').using('gin', table.words),
  ],
);

/** Messages to index. The table has no index: commits append, and the indexer takes any rows. */
export const searchQueue = pgTable('search_queue', {
  workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull(),
  /** 0 includes the customer's name. */
  firstSeq: integer('first_seq').notNull(),
  lastSeq: integer('last_seq').notNull(),
  queuedAt: time('queued_at').notNull().defaultNow(),
});

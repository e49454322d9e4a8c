import { customType, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { workspaceId } from './workspaces.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * What each message says, as words to be found by; at seq 0 the customer's name. Filled from the queue, a moment after the
 * commit, so that no commit pays for it (ADR 17). No foreign key either: its check would lock rows that commits want.
 */
export const messageWords = pgTable(
  'message_words',
  {
    workspaceId: workspaceId(),
    conversationId: uuid('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    /** Each word begins with its workspace's tag: the index then holds each workspace's words apart. */
    words: tsvector('words').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.conversationId, table.seq] }),
    index('message_words_words').using('gin', table.words),
  ],
);

/** Messages whose words are to be indexed. No key and no index: commits only append, and the indexer takes what comes first. */
export const searchQueue = pgTable('search_queue', {
  workspaceId: workspaceId(),
  conversationId: uuid('conversation_id').notNull(),
  /** 0: the customer's name, too. */
  firstSeq: integer('first_seq').notNull(),
  lastSeq: integer('last_seq').notNull(),
  queuedAt: time('queued_at').notNull().defaultNow(),
});

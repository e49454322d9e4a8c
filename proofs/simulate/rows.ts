import type { MemoryStore } from '@baton/store-contract/memory';

/** The stored rows that the checks read. */
export type ConversationRow = ReturnType<MemoryStore['row']>;
export type MessageRow = ConversationRow['messages'][number];

import type { MemoryStore } from '@baton/store-contract/memory';

/** What the store holds of a conversation, as checks read it. */
export type ConversationRow = ReturnType<MemoryStore['row']>;
export type MessageRow = ConversationRow['messages'][number];

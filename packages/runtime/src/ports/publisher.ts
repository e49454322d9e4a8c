import type { Conversation, Draft, Message } from '@baton/protocol';
import type { ConversationKey } from './store.ts';

/** Tells clients about committed changes. The server's fan-out implements it. Methods never throw and are not awaited. */
export interface Publisher {
  /** The conversation after a commit, with the messages that are new or whose delivery changed. */
  changed(key: ConversationKey, conversation: Conversation, messages: Message[]): void;
  /** Deliveries changed without a commit. An empty list means: read the conversation again. */
  delivered(key: ConversationKey, messages: Message[]): void;
  /** An agent's reply was late or interrupted: teammates may use its text (TURN-4). */
  drafted(key: ConversationKey, draft: Draft): void;
}

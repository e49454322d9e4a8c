import type { Conversation, Draft, Message } from '@baton/protocol';
import type { ConversationKey } from './store.ts';

/** What the runtime tells the world after a commit. Implemented by the server's fan-out; never awaited, never throws. */
export interface Publisher {
  /** The conversation as it now stands and the messages that are new or whose delivery changed. */
  changed(key: ConversationKey, conversation: Conversation, messages: Message[]): void;
  /** Only messages changed (delivery marks), perhaps none that are known: the conversation is read again by whoever needs it. */
  delivered(key: ConversationKey, messages: Message[]): void;
  /** A reply of the agent came too late, or was cut short: teammates may use its text (TURN-4). */
  drafted(key: ConversationKey, draft: Draft): void;
}

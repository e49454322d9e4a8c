import { z } from 'zod';
import type { Conversation } from './conversation.ts';
import type { Message } from './message.ts';
import type { Problem } from './problem.ts';
import type { CustomerViewMessage, Presence } from './server-events.ts';
import { externalId, id, messageText, ordinal } from './text.ts';

/** The answer to a client event: its result or a problem. The connection stays open either way. */
export type Ack<T = object> = ({ ok: true } & T) | { ok: false; problem: Problem };

// Namespace /team on path /socket.io

export const watch = z.strictObject({
  conversationId: id,
  afterSeq: ordinal.optional(),
  /** Instead of `afterSeq`, after a lost connection: what was written or changed since that revision. */
  sinceRevision: ordinal.optional(),
});
/** User idle: no input for a while, or the tab is hidden. It counts for the whole connection. */
export const teamIdle = z.strictObject({ idle: z.boolean() });
export const unwatch = z.strictObject({ conversationId: id });
export const teamTyping = z.strictObject({ conversationId: id, typing: z.boolean(), note: z.boolean().optional() });

/** The only events a client may send to /team, each with its schema. */
export const TEAM_CLIENT_EVENTS = { watch, unwatch, typing: teamTyping, idle: teamIdle } as const;

export interface TeamClientEvents {
  /**
   * `messages`: those after `afterSeq`, or changed since `sinceRevision`; the newest 200 of them at most.
   * `conversation` carries what the caller has not read.
   */
  watch(
    body: z.infer<typeof watch>,
    ack: (answer: Ack<{ conversation: Conversation; messages: Message[]; presence: Presence }>) => void,
  ): void;
  unwatch(body: z.infer<typeof unwatch>, ack: (answer: Ack) => void): void;
  typing(body: z.infer<typeof teamTyping>, ack: (answer: Ack) => void): void;
  idle(body: z.infer<typeof teamIdle>, ack: (answer: Ack) => void): void;
}

// Namespace /customer on path /chat.io

export const customerMessage = z.strictObject({ text: messageText, clientMessageId: externalId });
export const customerTyping = z.strictObject({ typing: z.boolean() });

export const customerHistory = z.strictObject({ afterSeq: ordinal.optional() });

/** The only events a client may send to /customer, each with its schema. */
export const CUSTOMER_CLIENT_EVENTS = {
  message: customerMessage,
  typing: customerTyping,
  history: customerHistory,
} as const;

export interface CustomerClientEvents {
  message(body: z.infer<typeof customerMessage>, ack: (answer: Ack<{ message: CustomerViewMessage }>) => void): void;
  typing(body: z.infer<typeof customerTyping>, ack: (answer: Ack) => void): void;
  /** Messages after `afterSeq` that the customer may see, the newest 200 of them at most. */
  history(body: z.infer<typeof customerHistory>, ack: (answer: Ack<{ messages: CustomerViewMessage[] }>) => void): void;
}

import { z } from 'zod';
import { message, type Message } from './message.ts';
import { isStorable, messageText } from './text.ts';

/** The input of an agent backend, and the body of the webhook agent's POST. */
export interface ReplyRequest {
  conversationId: string;
  turn: number;
  /** Customer messages that nobody has answered. */
  waiting: Message[];
  /** The newest messages in order, notes and unsent ones left out, capped. */
  transcript: Message[];
  /** Takeovers, hand-backs and instructions in words; never the team's notes (TURN-11). */
  facts: string[];
}

export const replyRequest = z.object({
  conversationId: z.string(),
  turn: z.int(),
  waiting: z.array(message),
  transcript: z.array(message),
  facts: z.array(z.string()),
});

export type Reply =
  | { kind: 'reply'; text: string }
  | { kind: 'handoff'; reason: string; text: string | null }
  | { kind: 'silence' };

/** A line of an answer that comes bit by bit (`application/x-ndjson`), before the last one, which is the answer. */
export const webhookDelta = z.object({ delta: z.object({ text: z.string().refine(isStorable) }) });

/** The answer of a webhook agent. */
export const webhookReply = z.union([
  z.object({ reply: z.object({ text: messageText }) }),
  z.object({ handoff: z.object({ reason: z.string().max(500).refine(isStorable), text: messageText.optional() }) }),
  z.object({ silence: z.literal(true) }),
]);

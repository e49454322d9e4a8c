import { z } from 'zod';
import { externalId, id, messageText, ordinal, queriedOrdinal, time } from './text.ts';

/** SEND-1. Only `teammate` and `external` messages are human messages. */
export const origin = z.enum(['customer', 'teammate', 'external', 'agent', 'system']);
export type Origin = z.infer<typeof origin>;

/** SEND-2. Null on what is not sent: customer messages, notes, drafts, echoes of what was sent elsewhere. */
export const delivery = z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'withheld', 'uncertain']);
export type Delivery = z.infer<typeof delivery>;

export const author = z.object({ kind: origin, id: z.string().nullable(), name: z.string() });
export type Author = z.infer<typeof author>;

export const message = z
  .object({
    id,
    conversationId: id,
    seq: z.int(),
    author,
    /** Only the team sees it. */
    note: z.boolean(),
    text: z.string(),
    createdAt: time,
    /** The conversation's revision when this message last changed. */
    revision: z.int(),
    delivery: delivery.nullable(),
    /** `uncertain`, and sent again by itself: its channel knows it by its id (SEND-4). */
    retrying: z.boolean(),
    clientMessageId: z.string().nullable(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof message>;

export const sendMessage = z.strictObject({
  text: messageText,
  clientMessageId: externalId,
  /** The last `seq` the writer has seen; needed unless `force` or `note` (SEND-7). */
  lastSeenSeq: ordinal.optional(),
  force: z.boolean().optional(),
  note: z.boolean().optional(),
});
export type SendMessage = z.infer<typeof sendMessage>;

export const messageQuery = z.object({
  after: queriedOrdinal.optional(),
  before: queriedOrdinal.min(1).optional(),
  sinceRevision: queriedOrdinal.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A late or aborted reply of the agent: never sent, offered to teammates as a draft (TURN-4). */
export const draft = z.object({ turn: z.int(), text: z.string(), at: time }).meta({ id: 'Draft' });
export type Draft = z.infer<typeof draft>;

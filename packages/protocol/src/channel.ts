import { z } from 'zod';
import { CHANNEL_SETTINGS, channelKind, channelSecret, type ChannelKind } from './channel-kinds.ts';
import { displayName, externalId, id, messageText, time } from './text.ts';

export const channelSettings = z.union(channelKind.options.map((kind) => CHANNEL_SETTINGS[kind]));
export type ChannelSettings = z.infer<typeof channelSettings>;

export const channel = z
  .object({ id, kind: channelKind, name: z.string(), agentId: id, settings: channelSettings })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof channel>;

/** Channels of these kinds can be created, each with the settings of its kind. */
export function createChannelOf(kinds: readonly { kind: ChannelKind; settings: z.ZodType<ChannelSettings> }[]) {
  const [first, ...others] = kinds.map(({ kind, settings }) =>
    z.strictObject({ kind: z.literal(kind), name: displayName, agentId: id, settings: settings.prefault({}) }),
  );
  if (first === undefined) throw new Error('there is no kind of channel');
  return z.discriminatedUnion('kind', [first, ...others]);
}
export const createChannel = createChannelOf(
  channelKind.options.map((kind) => ({ kind, settings: CHANNEL_SETTINGS[kind] })),
);
export const createdChannel = z.object({ channel, inboundSecret: z.string(), signingSecret: z.string() });
/** `settings` are those of the channel's kind, replaced as a whole. */
export const changeChannel = z.strictObject({
  name: displayName.optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});

/** The old secret ends at once; the new one is shown once. */
export const rotateSecret = z.strictObject({ secret: channelSecret });
export const rotatedSecret = z.object({ secret: z.string() });

/** The recent activity of a channel. */
export const channelActivity = z
  .object({
    lastInAt: time.nullable(),
    lastOutAt: time.nullable(),
    /** The receiver fails: nothing is sent until the next attempt. */
    outage: z.object({ failuresInARow: z.int(), nextTryAt: time }).nullable(),
    /** Messages that did not arrive, or may not have arrived; newest first. */
    troubles: z.array(
      z.object({
        messageId: id,
        conversationId: id,
        at: time,
        delivery: z.enum(['failed', 'withheld', 'uncertain']),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ChannelActivity' });
export type ChannelActivity = z.infer<typeof channelActivity>;

export const receiveMessage = z.strictObject({
  /** The provider's id of this message: one id makes one message (SEND-6). */
  externalId,
  customer: z.strictObject({ externalId, name: displayName.optional() }),
  text: messageText,
  /** `business` is an echo: a person of the business wrote it on another device (HOLD-16). */
  from: z.enum(['customer', 'business']).default('customer'),
  sentAt: time.optional(),
  /** A broadcast or automatic acknowledgement of another system: it neither mutes nor answers (HOLD-16). */
  automated: z.boolean().optional(),
  /** Imported history: it mutes nothing and needs no answer (HOLD-16, TURN-6). */
  imported: z.boolean().optional(),
});
export type ReceiveMessage = z.infer<typeof receiveMessage>;
export const receivedMessage = z.object({ conversationId: id, messageId: id, seq: z.int(), duplicate: z.boolean() });
export type ReceivedMessage = z.infer<typeof receivedMessage>;

/** The body of a callback, signed by the Standard Webhooks scheme. */
export const outgoingMessage = z.object({
  messageId: id,
  conversationId: id,
  seq: z.int(),
  author: z.object({ kind: z.enum(['teammate', 'external', 'agent', 'system']) }),
  text: z.string(),
});
export type OutgoingMessage = z.infer<typeof outgoingMessage>;

export const createVisitor = z.strictObject({ name: displayName.optional() });
export const visitor = z.object({ token: z.string(), conversationId: id });

/** The outcome of one attempt to hand a message to a channel. */
export type SendOutcome =
  | { kind: 'sent'; providerId: string | null }
  /** The receiver reads our own store: the mark `sent` hands the message over. */
  | { kind: 'listed' }
  /** The channel rejected the message for good. */
  | { kind: 'failed'; error: string }
  /** Retry later. `mayHaveArrived`: the outcome is unknown, so the message does not count as unsent. */
  | { kind: 'retry'; error: string; retryAfterMs: number | null; mayHaveArrived: boolean }
  /** The channel was not called, so this says nothing about it. */
  | { kind: 'unasked'; error: string };

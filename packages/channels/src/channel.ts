import type { ChannelKind, ChannelSettings, OutgoingMessage, SendOutcome } from '@baton/protocol';

/** What a send needs besides the message. */
export interface ChannelContext {
  /** The customer's id at the channel. */
  recipient: string;
  settings: ChannelSettings;
  /** Signs what leaves by a callback. */
  signingSecret: string;
}

/** Where a conversation lives, seen from us: the way of a message to the customer. */
export interface Channel {
  readonly kind: ChannelKind;
  /** The receiver tells a repeated message by its id: one of unknown outcome may be sent again (SEND-4). */
  readonly idempotent: boolean;
  /**
   * Hands one message over, once. Never rejects for what a network or a receiver can do. When `signal` aborts it lets
   * go at once, and says by `mayHaveArrived` whether that was in time.
   */
  send(outgoing: OutgoingMessage, context: ChannelContext, signal: AbortSignal): Promise<SendOutcome>;
}

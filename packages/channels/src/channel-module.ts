import type { OutboundClient } from '@baton/outbound-http';
import type { ChannelKind, ChannelSettings, OutgoingMessage, ReceivedMessage, SendOutcome } from '@baton/protocol';
import type { z } from 'zod';

/** One kind of channel: all that the server needs to take its messages in and to send through it. */
export interface ChannelModule {
  readonly kind: ChannelKind;
  readonly settings: z.ZodType<ChannelSettings>;
  /** Settings that are sealed in the database and never answered: the form's `secret` fields. */
  readonly secretSettings: readonly string[];
  /** The route that the other side calls; null where customers connect to Baton itself. */
  readonly inbound: InboundRoute | null;
  createSender(deps: ChannelDeps): SendMessage;
}

/** By kind. A stored channel may be of a kind that this server does not have. */
export type ChannelModules = Readonly<Partial<Record<string, ChannelModule>>>;

export interface ChannelDeps {
  http: OutboundClient;
  /** Milliseconds since 1970, for the signature's time and for `Retry-After` dates. */
  now: () => number;
}

/** Everything a send needs besides the message. */
export interface SendContext<Settings = ChannelSettings> {
  /** The customer's id at the channel. */
  recipient: string;
  settings: Settings;
  /** Signs callbacks (Standard Webhooks). */
  signingSecret: string;
}

/**
 * Hands one message over, once. Never rejects for a failure of network or receiver. When `signal` aborts it stops at
 * once, and says by `mayHaveArrived` whether the message was already on its way.
 */
export type SendMessage<Settings = ChannelSettings> = (
  outgoing: OutgoingMessage,
  context: SendContext<Settings>,
  signal: AbortSignal,
) => Promise<SendOutcome>;

/** `POST /api/v1/channels/{id}/{path}`, which takes messages in. */
export interface InboundRoute {
  /** One path segment; kinds that share it share the whole route. */
  readonly path: string;
  /** Of the API document. */
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The inbound secret comes as a bearer token. */
  readonly isBearer: boolean;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  /** Runs before the body is validated: an unauthenticated caller learns nothing about the body. */
  verify(request: InboundRequest, channel: InboundCredentials): boolean | Promise<boolean>;
  /** @param body the output of the schema `body` */
  read(body: unknown): InboundMessage[];
  /** The body of the answer 202, from one receipt per message. */
  reply(receipts: readonly ReceivedMessage[]): unknown;
}

export interface InboundRequest {
  header(name: string): string | undefined;
  /** The raw body, for providers that sign it. */
  text(): Promise<string>;
}

export interface InboundCredentials {
  settings: ChannelSettings;
  /** Of `hashSecret`. */
  inboundSecretHash: string;
}

export interface InboundMessage {
  /** `business`: a person of the business wrote it on another device (HOLD-16). */
  from: 'customer' | 'business';
  customer: { externalId: string; name: string | null };
  /** The provider's id of the message (SEND-6). */
  externalId: string;
  text: string;
  /** Milliseconds since 1970; null: now. */
  sentAt: number | null;
  automated: boolean;
  imported: boolean;
}

/** Types a sender by the settings of its kind. Stored settings may hold fields of earlier versions, which it drops. */
export function typedSender<Shape extends z.ZodRawShape>(
  settings: z.ZodObject<Shape>,
  send: SendMessage<z.output<z.ZodObject<Shape>>>,
): SendMessage {
  const stored = settings.strip();
  return async (outgoing, context, signal) => {
    const parsed = stored.safeParse(context.settings);
    if (!parsed.success) return { kind: 'failed', error: 'the settings of the channel are not valid' };
    return send(outgoing, { ...context, settings: parsed.data }, signal);
  };
}

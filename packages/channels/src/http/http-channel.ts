import { signatureHeaders, type OutboundClient } from '@baton/outbound-http';
import type { OutgoingMessage } from '@baton/protocol';
import type { Channel } from '../channel.ts';
import { outcomeOf } from './outcome.ts';

export interface HttpChannelDeps {
  http: OutboundClient;
  /** Milliseconds since 1970, for the signature's time and for `Retry-After` dates. */
  now: () => number;
}

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024;

/** Customers of another system: each message to them is POSTed to its callback. */
export function httpChannel({ http, now }: HttpChannelDeps): Channel {
  return {
    kind: 'http',
    idempotent: true,
    async send(outgoing, { settings: { callbackUrl }, signingSecret }, signal) {
      // Such a channel is read, not called: a message is handed over by being listed at the API.
      if (callbackUrl === undefined) return { kind: 'listed' };
      const body = JSON.stringify(bodyOf(outgoing));
      const signature = signatureHeaders(signingSecret, outgoing.messageId, new Date(now()), body);
      const result = await http.post(
        {
          url: callbackUrl,
          headers: { 'content-type': 'application/json', ...signature },
          body,
          timeoutMs: TIMEOUT_MS,
          maxResponseBytes: MAX_ANSWER_BYTES,
        },
        signal,
      );
      return outcomeOf(result, now());
    },
  };
}

/** Exactly the public fields: the author's kind, never the name. */
function bodyOf({ messageId, conversationId, seq, author, text }: OutgoingMessage): OutgoingMessage {
  return { messageId, conversationId, seq, author: { kind: author.kind }, text };
}

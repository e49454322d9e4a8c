import { signatureHeaders } from '@baton/outbound-http';
import { CHANNEL_SETTINGS, type OutgoingMessage } from '@baton/protocol';
import { type ChannelDeps, type ChannelModule, typedSender } from '../channel-module.ts';
import { inboundMessages } from './inbound-messages.ts';
import { outcomeOf } from './outcome.ts';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16 * 1024;

/** Customers of another system: it POSTs their messages here, and gets each answer POSTed to its callback. */
export const http: ChannelModule = {
  kind: 'http',
  settings: CHANNEL_SETTINGS.http,
  secretSettings: [],
  inbound: inboundMessages,
  createSender,
};

function createSender({ http: client, now }: ChannelDeps) {
  return typedSender(CHANNEL_SETTINGS.http, async (outgoing, { settings: { callbackUrl }, signingSecret }, signal) => {
    // Without a callback the other system reads its messages from the API.
    if (callbackUrl === undefined) return { kind: 'listed' };
    const body = JSON.stringify(bodyOf(outgoing));
    const signature = signatureHeaders(signingSecret, outgoing.messageId, new Date(now()), body);
    const result = await client.post(
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
  });
}

/** Exactly the public fields: the author's kind, never the name. */
function bodyOf({ messageId, conversationId, seq, author, text }: OutgoingMessage): OutgoingMessage {
  return { messageId, conversationId, seq, author: { kind: author.kind }, text };
}

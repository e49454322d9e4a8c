import { outgoingMessage, replyRequest, webhookReply } from '@baton/protocol';
import { body, json } from '../http/routes/route-parts.ts';

const SIGNED = 'Signed by Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature.';

/** What Baton itself calls; in the OpenAPI document these are its webhooks. */
export const outgoingCalls = [
  {
    method: 'post',
    path: 'callbackUrl of an HTTP channel',
    summary: 'A message for the customer',
    description: `${SIGNED} The same messageId again is the same message. Answer 2xx when it is with you; 4xx is final; anything else is tried again.`,
    request: { body: body(outgoingMessage) },
    responses: { 200: { description: 'It is with you' } },
  },
  {
    method: 'post',
    path: 'url of a webhook agent',
    summary: 'A turn: what does the agent say?',
    description: `${SIGNED} The connection is closed when the reply is called off. docs/guides/webhook-agent.md has a program that runs.`,
    request: { body: body(replyRequest) },
    responses: { 200: json(webhookReply, 'One of reply, handoff and silence') },
  },
] as const;

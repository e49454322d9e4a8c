import type { RouteConfig } from '@hono/zod-openapi';
import { outgoingMessage, replyRequest, webhookReply } from '@baton/protocol';
import { body, json } from '../http/routes/route-parts.ts';

const SIGNED = 'Signed by Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature.';

/** Requests that Baton sends; in the OpenAPI document these are its webhooks. */
export const outgoingCalls: RouteConfig[] = [
  {
    operationId: 'deliverMessage',
    method: 'post',
    path: 'callbackUrl of an HTTP channel',
    tags: ['Webhooks'],
    security: [],
    summary: 'Deliver a message to the customer',
    description: `${SIGNED} The same messageId is the same message. Answer 2xx to accept it or 4xx to reject it; Baton retries any other answer.`,
    request: { body: body(outgoingMessage) },
    responses: {
      200: { description: 'Accepted' },
      '4XX': { description: 'Rejected; Baton does not retry' },
    },
  },
  {
    operationId: 'replyToTurn',
    method: 'post',
    path: 'url of a webhook agent',
    tags: ['Webhooks'],
    security: [],
    summary: 'Ask a webhook agent for the reply to a turn',
    description: `${SIGNED} Baton closes the connection when it cancels the turn. docs/guides/webhook-agent.md has a program that runs.`,
    request: { body: body(replyRequest) },
    responses: {
      200: json(webhookReply, 'A reply, a handoff or silence'),
      '4XX': { description: 'The turn failed; Baton tries again' },
    },
  },
];

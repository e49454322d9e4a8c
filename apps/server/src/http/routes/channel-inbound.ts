import { receivedMessage, receiveMessage } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { matchesSecret } from '@baton/channels';
import type { AppDeps } from '../../deps.ts';
import type { ApiEnv } from '../api-env.ts';
import { apiRouter } from './api-router.ts';
import { doorOf, type FindDoor } from './inbound-channel.ts';
import { done, messageOf } from '../../problems/outcome.ts';
import { Refusal } from '../../problems/rejection.ts';
import { type RateLimit, rateLimit } from '../middleware/rate-limit.ts';
import { body, byId, json, problems } from './route-parts.ts';
import { sharedLookup } from '../../timing/shared-lookup.ts';

const receive = (enter: MiddlewareHandler<ApiEnv>) =>
  createRoute({
    operationId: 'receiveMessage',
    method: 'post',
    path: '/channels/{id}/messages',
    tags: ['Channels'],
    summary: 'Receive a message of an HTTP channel, or an echo from another device of the business',
    description: 'Send the inbound secret of the channel as a bearer token.',
    security: [{ inboundSecret: [] }],
    ...problems('unauthenticated', 'rate_limited', 'quarantined'),
    middleware: enter,
    request: { params: byId, body: body(receiveMessage) },
    responses: { 202: json(receivedMessage, 'Stored; `duplicate` if this externalId was already stored') },
  });

export function channelInboundRoutes({ intake, runtime, config }: AppDeps) {
  const enter = bySecret(sharedLookup(intake.findInboundChannel), rateLimit(config.limits.perChannel));
  return apiRouter().openapi(receive(enter), async (c) => {
    const { workspaceId, channelId } = c.get('door');
    const given = c.req.valid('json');
    const key = await intake.openConversation({
      workspaceId,
      channelId,
      customer: { externalId: given.customer.externalId, name: given.customer.name ?? null },
    });
    const outcome = await runtime.dispatch(key, {
      type: 'receive',
      from: given.from,
      text: given.text,
      externalId: given.externalId,
      clientMessageId: null,
      sentAt: given.sentAt === undefined ? null : Date.parse(given.sentAt),
      automated: given.automated ?? false,
      imported: given.imported ?? false,
    });
    const { id: messageId, conversationId, seq } = messageOf(outcome);
    return c.json({ conversationId, messageId, seq, duplicate: done(outcome).duplicate }, 202);
  });
}

/** Runs before the body is validated, so that a caller without the secret learns nothing about its shape. */
function bySecret(find: FindDoor, rate: RateLimit): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const door = await doorOf(find, c, 'http');
    const secret = /^Bearer +(\S{1,500})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (secret === undefined || !matchesSecret(secret, door.inboundSecretHash)) {
      throw new Refusal('unauthenticated');
    }
    await rate.spend(door.channelId);
    c.set('door', door);
    await next();
  };
}

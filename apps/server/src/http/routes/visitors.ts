import { isAllowedOrigin } from '@baton/channels';
import type { InboundChannel } from '@baton/database';
import { createVisitor, visitor } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { v7 } from 'uuid';
import type { AppDeps } from '../../deps.ts';
import { remoteAddress } from '../middleware/remote-address.ts';
import { problemResponse } from '../../problems/answer-error.ts';
import type { ApiEnv } from '../api-env.ts';
import { apiRouter } from './api-router.ts';
import { doorOf, type FindDoor } from './inbound-channel.ts';
import type { TrustedProxies } from '../middleware/client-address.ts';
import { Rejection } from '../../problems/rejection.ts';
import { type RateLimit, rateLimit } from '../middleware/rate-limit.ts';
import { body, byId, json, problems } from './route-parts.ts';

const MAY_POST = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '600',
};

const arrive = (middleware: MiddlewareHandler<ApiEnv>[]) =>
  createRoute({
    operationId: 'createVisitor',
    method: 'post',
    path: '/channels/{id}/visitors',
    tags: ['Channels'],
    summary: 'Create a visitor of a web chat',
    middleware,
    description: 'Browsers may call this from the pages that the channel allows.',
    security: [],
    ...problems('bad_origin', 'rate_limited'),
    request: { params: byId, body: body(createVisitor) },
    responses: { 201: json(visitor, 'A token for the chat socket') },
  });

export function visitorRoutes({ intake, visitorTokens, config }: AppDeps) {
  const enter = fromAllowedPage(intake.findInboundChannel, config.trustedOrigins);
  const limited = perAddress(rateLimit(config.limits.perAddress), config.trustedProxies);

  const router = apiRouter();
  router.options('/channels/:id/visitors', enter, (c) => c.body(null, 204, MAY_POST));

  return router.openapi(arrive([enter, limited]), async (c) => {
    const { workspaceId, channelId } = c.get('door');
    const customerId = v7();
    const name = c.req.valid('json').name ?? null;
    const key = await intake.openConversation({ workspaceId, channelId, customer: { externalId: customerId, name } });
    const { conversationId } = key;
    return c.json({ token: visitorTokens.issue({ ...key, channelId, customerId }), conversationId }, 201);
  });
}

/** Checks the origin that browsers send. Other clients can forge it, so the rate limit applies to all. */
function fromAllowedPage(find: FindDoor, ours: readonly string[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const door = await doorOf(find, c, ['webchat']).catch(orRefusal);
    if (door instanceof Rejection) {
      if (origin === undefined) throw door;
      // The page must be able to read that its channel is gone; otherwise it would retry for ever.
      const readable = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
      if (c.req.method === 'OPTIONS') return c.body(null, 204, { ...readable, ...MAY_POST });
      return problemResponse(door.problem, readable);
    }
    if (origin !== undefined && !allows(door, ours, origin)) throw new Rejection('bad_origin');
    c.set('door', door);
    await next();
    if (origin === undefined) return undefined;
    // After the handler, so that pages can read problems too.
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Vary', 'Origin');
    return undefined;
  };
}

function orRefusal(error: unknown): Rejection {
  if (error instanceof Rejection) return error;
  throw error;
}

function perAddress(rate: RateLimit, proxies: TrustedProxies): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await rate.spend(remoteAddress(c, proxies) ?? 'unknown');
    await next();
  };
}

function allows(door: InboundChannel, ours: readonly string[], origin: string): boolean {
  const allowed = 'allowedOrigins' in door.settings ? door.settings.allowedOrigins : [];
  return isAllowedOrigin(origin, ours, allowed);
}

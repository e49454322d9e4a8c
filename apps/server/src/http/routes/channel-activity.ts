import { readChannelActivity } from '@baton/database/queries/channel-activity';
import { channelActivity } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../../problems/rejection.ts';
import { byId, json } from './route-parts.ts';

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getChannelActivity',
    method: 'get',
    path: '/channels/{id}/activity',
    tags: ['Channels'],
    summary: 'Recent traffic of a channel, undelivered messages, and whether its provider is failing',
    middleware: guard('channel.watch'),
    request: { params: byId },
    responses: { 200: json(channelActivity, 'Based on the newest conversations; null where they have no message') },
  });

export function channelActivityRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter().openapi(read(guard), async (c) =>
    c.json(found(await readChannelActivity(db, c.get('caller').workspace.id, c.req.valid('param').id)), 200),
  );
}

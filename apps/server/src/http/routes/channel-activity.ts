import { readChannelActivity } from '@baton/database/queries/channel-activity';
import { channelActivity } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../refusal.ts';
import { byId, json } from './route-parts.ts';

const read = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/channels/{id}/activity',
    tags: ['Channels'],
    summary: 'What lately came in, went out and did not arrive, and whether the far end is away',
    middleware: guard('channel.watch'),
    request: { params: byId },
    responses: { 200: json(channelActivity, 'Of the newest conversations; null where they have nothing') },
  });

export function channelActivityRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter().openapi(read(guard), async (c) =>
    c.json(found(await readChannelActivity(db, c.get('caller').workspace.id, c.req.valid('param').id)), 200),
  );
}

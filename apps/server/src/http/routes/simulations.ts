import { listChannels } from '@baton/database/queries/channels';
import { startedSimulation, startSimulation } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, Rejection } from '../../problems/rejection.ts';
import { body, json, problems } from './route-parts.ts';

const start = (guard: Guard) =>
  createRoute({
    operationId: 'startSimulation',
    method: 'post',
    path: '/simulations',
    tags: ['Conversations'],
    summary: 'Simulate a customer who follows a script in the web chat',
    middleware: guard('simulation.start'),
    request: { body: body(startSimulation) },
    ...problems('not_found', 'conflict'),
    responses: { 201: json(startedSimulation, 'The conversation of the simulated customer') },
  });

export function simulationRoutes({ db, simulations }: AppDeps, guard: Guard) {
  return apiRouter().openapi(start(guard), async (c) => {
    const workspaceId = c.get('caller').workspace.id;
    const channels = await listChannels(db, workspaceId);
    const webchat = found(channels.find(({ kind }) => kind === 'webchat'));
    const key = await simulations.start({ workspaceId, channelId: webchat.id }, c.req.valid('json').script);
    if (key === null)
      throw new Rejection('conflict', { detail: 'Too many simulated customers are active in this workspace' });
    return c.json({ conversationId: key.conversationId }, 201);
  });
}

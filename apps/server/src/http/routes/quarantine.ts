import { liftQuarantine } from '@baton/database';
import { createRoute } from '@hono/zod-openapi';
import { personOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { keyOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { Rejection } from '../../problems/rejection.ts';
import { byId, noContent, problems } from './route-parts.ts';

const lift = (guard: Guard) =>
  createRoute({
    operationId: 'releaseConversation',
    method: 'delete',
    path: '/conversations/{id}/quarantine',
    tags: ['Conversations'],
    summary: 'Release a conversation that is on hold after an error',
    middleware: guard('quarantine.lift'),
    request: { params: byId },
    ...problems('conflict', 'quarantined'),
    responses: noContent,
  });

export function quarantineRoutes({ db, runtime }: AppDeps, guard: Guard) {
  return apiRouter().openapi(lift(guard), async (c) => {
    const caller = c.get('caller');
    const key = keyOf(caller, c.req.valid('param').id);
    switch (await liftQuarantine(db, key, personOf(caller))) {
      case 'not_found':
        throw new Rejection('not_found');
      case 'unreadable':
        throw new Rejection('conflict', { detail: 'This version of Baton cannot read the stored conversation' });
      case 'lifted':
        // Due work starts now. If this fails, a worker finds it later.
        await runtime.dispatch(key, { type: 'wake' });
        return c.body(null, 204);
    }
  });
}

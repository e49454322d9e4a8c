import { liftQuarantine } from '@baton/database';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { keyOf, personOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { Refusal } from '../refusal.ts';
import { byId, noContent } from './route-parts.ts';

const lift = (guard: Guard) =>
  createRoute({
    method: 'delete',
    path: '/conversations/{id}/quarantine',
    tags: ['Conversations'],
    summary: 'Give back a conversation that was set aside because something in it failed again and again',
    middleware: guard('quarantine.lift'),
    request: { params: byId },
    responses: noContent,
  });

/** The way back for a conversation on which a bug had choked, once that is mended. */
export function quarantineRoutes({ db, runtime }: AppDeps, guard: Guard) {
  return apiRouter().openapi(lift(guard), async (c) => {
    const caller = c.get('caller');
    const key = keyOf(caller, c.req.valid('param').id);
    switch (await liftQuarantine(db, key, personOf(caller))) {
      case 'not_found':
        throw new Refusal('not_found');
      case 'unreadable':
        throw new Refusal('conflict', { detail: 'What is stored of it cannot be read by this version of Baton' });
      case 'lifted':
        // Nobody waits for a worker to come by; a failure is found by one.
        await runtime.dispatch(key, { type: 'wake' });
        return c.body(null, 204);
    }
  });
}

import { listDrafts, listTransitions, markRead } from '@baton/database/queries/conversations';
import { draft, queriedOrdinal, setRead, transition } from '@baton/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { existingKey, keyOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../../problems/rejection.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const tags = ['Conversations'];

const transitionQuery = z.object({
  /** Exclusive lower bound of `version`. */
  after: queriedOrdinal.default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
});

const history = (guard: Guard) =>
  createRoute({
    operationId: 'listTransitions',
    method: 'get',
    path: '/conversations/{id}/transitions',
    tags,
    summary: 'List the transitions of a conversation',
    middleware: guard('conversation.read'),
    request: { params: byId, query: transitionQuery },
    responses: { 200: json(listOf(transition), 'Transitions by rising version') },
  });

const drafts = (guard: Guard) =>
  createRoute({
    operationId: 'listDrafts',
    method: 'get',
    path: '/conversations/{id}/drafts',
    tags,
    summary: 'List agent replies that came too late to be sent',
    middleware: guard('conversation.read'),
    request: { params: byId },
    responses: { 200: json(listOf(draft), 'Drafts, newest first') },
  });

const read = (guard: Guard) =>
  createRoute({
    operationId: 'setRead',
    method: 'put',
    path: '/conversations/{id}/read',
    tags,
    summary: 'Mark messages up to a seq as read by the caller',
    middleware: guard('conversation.read'),
    request: { params: byId, body: body(setRead) },
    responses: noContent,
  });

export function conversationHistoryRoutes({ db, updates }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(history(guard), async (c) => {
      const key = await existingKey(db, c.get('caller'), c.req.valid('param').id);
      return c.json({ items: await listTransitions(db, key, c.req.valid('query')) }, 200);
    })
    .openapi(drafts(guard), async (c) => {
      const key = await existingKey(db, c.get('caller'), c.req.valid('param').id);
      return c.json({ items: await listDrafts(db, key) }, 200);
    })
    .openapi(read(guard), async (c) => {
      const caller = c.get('caller');
      const key = keyOf(caller, c.req.valid('param').id);
      const seq = found(await markRead(db, key, caller.teammate.id, c.req.valid('json').seq));
      const person = { workspaceId: key.workspaceId, teammateId: caller.teammate.id };
      updates.read(person, { conversationId: key.conversationId, seq });
      return c.body(null, 204);
    });
}

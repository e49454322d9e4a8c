import { audited } from '@baton/database/queries/audit';
import { rename } from '@baton/database/queries/teammates';
import { changeMe, me } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import { actorOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { body, json } from './route-parts.ts';

const path = '/me';
const tags = ['Workspace'];

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getMe',
    method: 'get',
    path,
    tags,
    summary: 'Get the caller',
    middleware: guard(null),
    responses: { 200: json(me, 'The caller') },
  });

const change = (guard: Guard) =>
  createRoute({
    operationId: 'changeMe',
    method: 'patch',
    path,
    tags,
    summary: 'Change the name of the caller',
    middleware: guard(null),
    request: { body: body(changeMe) },
    responses: { 200: json(me, 'The caller after the change') },
  });

export function meRoutes({ db }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(read(guard), (c) => {
      const { teammate, workspace, role } = c.get('caller');
      return c.json({ teammate: { ...teammate, role }, workspace, role }, 200);
    })
    .openapi(change(guard), async (c) => {
      const { teammate, workspace, role } = c.get('caller');
      const { name } = c.req.valid('json');
      if (name !== teammate.name) {
        await audited(db, actorOf(c.get('caller')), 'teammate.renamed', async (tx) => {
          const result = await rename(tx, teammate.id, name);
          return { result, subjectId: teammate.id, detail: { before: teammate.name, name } };
        });
      }
      return c.json({ teammate: { ...teammate, name, role }, workspace, role }, 200);
    });
}

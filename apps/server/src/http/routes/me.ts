import { recordAudit } from '@baton/database/queries/audit';
import { rename } from '@baton/database/queries/teammates';
import { changeMe, me } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { body, json } from './route-parts.ts';

const path = '/me';
const tags = ['Workspace'];

const read = (guard: Guard) =>
  createRoute({
    method: 'get',
    path,
    tags,
    summary: 'Who is calling',
    middleware: guard(null),
    responses: { 200: json(me, 'The caller') },
  });

const change = (guard: Guard) =>
  createRoute({
    method: 'patch',
    path,
    tags,
    summary: 'Change your own name',
    middleware: guard(null),
    request: { body: body(changeMe) },
    responses: { 200: json(me, 'The caller, as they are now') },
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
        await db.transaction(async (tx) => {
          await rename(tx, teammate.id, name);
          const detail = { before: teammate.name, name };
          await recordAudit(tx, workspace.id, teammate, { action: 'teammate.renamed', subjectId: teammate.id, detail });
        });
      }
      return c.json({ teammate: { ...teammate, name, role }, workspace, role }, 200);
    });
}

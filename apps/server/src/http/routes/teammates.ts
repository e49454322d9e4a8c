import { changeTeammate, createTeammate, teammate } from '@baton/protocol';
import { recordAudit } from '@baton/database/queries/audit';
import { changeRole, insertTeammate, listTeammates, revokeTeammate } from '@baton/database/queries/teammates';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField, Refusal } from '../refusal.ts';
import { body, byId, json, listOf, noContent } from './route-parts.ts';

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/teammates',
    tags: ['Workspace'],
    summary: 'List teammates',
    middleware: guard('teammate.list'),
    responses: { 200: json(listOf(teammate), 'Everyone who may sign in') },
  });

const add = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/teammates',
    tags: ['Workspace'],
    summary: 'Add a teammate',
    middleware: guard('teammate.write'),
    request: { body: body(createTeammate) },
    responses: { 201: json(teammate, 'The new teammate') },
  });

const change = (guard: Guard) =>
  createRoute({
    method: 'patch',
    path: '/teammates/{id}',
    tags: ['Workspace'],
    summary: 'Change a role',
    middleware: guard('teammate.write'),
    request: { params: byId, body: body(changeTeammate) },
    responses: { 200: json(teammate, 'The teammate') },
  });

const revoke = (guard: Guard) =>
  createRoute({
    method: 'delete',
    path: '/teammates/{id}',
    tags: ['Workspace'],
    summary: 'Revoke a teammate: sessions and API keys end at once',
    middleware: guard('teammate.write'),
    request: { params: byId },
    responses: noContent,
  });

const LAST_OWNER = 'A workspace keeps at least one owner';

export function teammateRoutes({ db, auth }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listTeammates(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { password, ...person } = c.req.valid('json');
      const passwordHash = await auth.hashPassword(password);
      const added = await db.transaction(async (tx) => {
        const created = await insertTeammate(tx, workspace.id, { ...person, passwordHash });
        if (!created) throw invalidField('email', 'is in use already');
        await recordAudit(tx, workspace.id, by, {
          action: 'teammate.added',
          subjectId: created.id,
          detail: { role: created.role },
        });
        return created;
      });
      return c.json(added, 201);
    })
    .openapi(change(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { role } = c.req.valid('json');
      const changed = await db.transaction(async (tx) => {
        const result = await changeRole(tx, workspace.id, c.req.valid('param').id, role);
        if (result === 'lastOwner') throw new Refusal('conflict', { detail: LAST_OWNER });
        const { id } = found(result);
        await recordAudit(tx, workspace.id, by, { action: 'teammate.changed', subjectId: id, detail: { role } });
        return found(result);
      });
      return c.json(changed, 200);
    })
    .openapi(revoke(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const { id } = c.req.valid('param');
      await db.transaction(async (tx) => {
        const result = await revokeTeammate(tx, workspace.id, id);
        if (result === 'lastOwner') throw new Refusal('conflict', { detail: LAST_OWNER });
        found(result);
        await recordAudit(tx, workspace.id, by, { action: 'teammate.revoked', subjectId: id });
      });
      return c.body(null, 204);
    });
}

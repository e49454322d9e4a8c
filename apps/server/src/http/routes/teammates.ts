import { changeTeammate, createTeammate, teammate } from '@baton/protocol';
import { audited } from '@baton/database/queries/audit';
import { changeRole, insertTeammate, listTeammates, revokeTeammate } from '@baton/database/queries/teammates';
import { createRoute } from '@hono/zod-openapi';
import { actorOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, invalidField, Rejection } from '../../problems/rejection.ts';
import { body, byId, json, listOf, noContent, problems } from './route-parts.ts';

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listTeammates',
    method: 'get',
    path: '/teammates',
    tags: ['Workspace'],
    summary: 'List teammates',
    middleware: guard('teammate.list'),
    responses: { 200: json(listOf(teammate), 'All teammates who may sign in') },
  });

const add = (guard: Guard) =>
  createRoute({
    operationId: 'createTeammate',
    method: 'post',
    path: '/teammates',
    tags: ['Workspace'],
    summary: 'Create a teammate',
    middleware: guard('teammate.write'),
    request: { body: body(createTeammate) },
    responses: { 201: json(teammate, 'The new teammate') },
  });

const change = (guard: Guard) =>
  createRoute({
    operationId: 'changeTeammate',
    method: 'patch',
    path: '/teammates/{id}',
    tags: ['Workspace'],
    summary: 'Change the role of a teammate',
    middleware: guard('teammate.write'),
    request: { params: byId, body: body(changeTeammate) },
    ...problems('conflict'),
    responses: { 200: json(teammate, 'The teammate') },
  });

const revoke = (guard: Guard) =>
  createRoute({
    operationId: 'revokeTeammate',
    method: 'delete',
    path: '/teammates/{id}',
    tags: ['Workspace'],
    summary: 'Revoke a teammate, with all their sessions and API keys',
    middleware: guard('teammate.write'),
    request: { params: byId },
    ...problems('conflict'),
    responses: noContent,
  });

export function teammateRoutes({ db, auth }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listTeammates(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { password, ...person } = c.req.valid('json');
      const passwordHash = await auth.hashPassword(password);
      const created = await audited(db, by, 'teammate.added', async (tx) => {
        const result = await insertTeammate(tx, by.workspaceId, { ...person, passwordHash });
        if (!result) throw invalidField('email', 'is already in use');
        return { result, subjectId: result.id, detail: { role: result.role } };
      });
      return c.json(created, 201);
    })
    .openapi(change(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { role } = c.req.valid('json');
      const changed = await audited(db, by, 'teammate.changed', async (tx) => {
        const result = unlessLastOwner(await changeRole(tx, by.workspaceId, c.req.valid('param').id, role));
        return { result, subjectId: result.id, detail: { role } };
      });
      return c.json(changed, 200);
    })
    .openapi(revoke(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const { id } = c.req.valid('param');
      await audited(db, by, 'teammate.revoked', async (tx) => {
        const result = unlessLastOwner(await revokeTeammate(tx, by.workspaceId, id));
        return { result, subjectId: id };
      });
      return c.body(null, 204);
    });
}

/** @throws Rejection */
function unlessLastOwner<T>(result: T | 'lastOwner' | null): T {
  if (result === 'lastOwner') throw new Rejection('conflict', { detail: 'A workspace needs at least one owner' });
  return found<T>(result);
}

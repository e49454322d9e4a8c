import { agent, changeAgent, createAgent, may } from '@baton/protocol';
import { findAgent, insertAgent, listAgents, updateAgent } from '@baton/database/queries/agents';
import { audited } from '@baton/database/queries/audit';
import { createRoute } from '@hono/zod-openapi';
import { actorOf, personOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, Rejection } from '../../problems/rejection.ts';
import { apiRouter } from './api-router.ts';
import { body, byId, json, listOf } from './route-parts.ts';

const tags = ['Agents'];

const list = (guard: Guard) =>
  createRoute({
    operationId: 'listAgents',
    method: 'get',
    path: '/agents',
    tags,
    summary: 'List agents',
    middleware: guard('agent.read'),
    responses: { 200: json(listOf(agent), 'All agents, without the secrets of their backends') },
  });

const add = (guard: Guard) =>
  createRoute({
    operationId: 'createAgent',
    method: 'post',
    path: '/agents',
    tags,
    summary: 'Create an agent',
    middleware: guard('agent.create'),
    request: { body: body(createAgent) },
    responses: { 201: json(agent, 'The new agent') },
  });

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getAgent',
    method: 'get',
    path: '/agents/{id}',
    tags,
    summary: 'Get an agent',
    middleware: guard('agent.read'),
    request: { params: byId },
    responses: { 200: json(agent, 'The agent') },
  });

const change = (guard: Guard) =>
  createRoute({
    operationId: 'changeAgent',
    method: 'patch',
    path: '/agents/{id}',
    tags,
    summary: 'Change an agent, or pause it in all its conversations',
    middleware: guard('agent.pause'),
    request: { params: byId, body: body(changeAgent) },
    responses: { 200: json(agent, 'The agent') },
  });

export function agentRoutes({ db, intake, updates }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listAgents(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const by = actorOf(c.get('caller'));
      const created = await audited(db, by, 'agent.added', async (tx) => {
        const result = await insertAgent(tx, by.workspaceId, c.req.valid('json'));
        return { result, subjectId: result.id, detail: { name: result.name, kind: result.backend.kind } };
      });
      return c.json(created, 201);
    })
    .openapi(read(guard), async (c) =>
      c.json(found(await findAgent(db, c.get('caller').workspace.id, c.req.valid('param').id)), 200),
    )
    .openapi(change(guard), async (c) => {
      const caller = c.get('caller');
      const by = actorOf(caller);
      const { id } = c.req.valid('param');
      const { paused, ...settings } = c.req.valid('json');
      if (Object.keys(settings).length > 0) {
        if (!may(caller.role, 'agent.write')) throw new Rejection('forbidden');
        await audited(db, by, 'agent.changed', async (tx) => {
          const result = found(await updateAgent(tx, by.workspaceId, id, settings));
          return { result, subjectId: id, detail: { fields: Object.keys(settings) } };
        });
      }
      const before = found(await findAgent(db, by.workspaceId, id));
      if (paused === undefined || paused === before.paused) return c.json(before, 200);
      await intake.changeRules({
        workspaceId: by.workspaceId,
        agentId: id,
        change: { paused },
        by: personOf(caller),
      });
      updates.agentsChanged(by.workspaceId);
      return c.json({ ...before, paused }, 200);
    });
}

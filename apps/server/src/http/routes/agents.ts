import { agent, changeAgent, createAgent, may } from '@baton/protocol';
import { findAgent, insertAgent, listAgents, updateAgent } from '@baton/database/queries/agents';
import { recordAudit } from '@baton/database/queries/audit';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import { personOf } from './conversation-key.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found, Refusal } from '../refusal.ts';
import { body, byId, json, listOf } from './route-parts.ts';

const tags = ['Agents'];

const list = (guard: Guard) =>
  createRoute({
    method: 'get',
    path: '/agents',
    tags,
    summary: 'List agents',
    middleware: guard('agent.read'),
    responses: { 200: json(listOf(agent), 'All agents; what is secret about a backend is left out') },
  });

const add = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/agents',
    tags,
    summary: 'Add an agent',
    middleware: guard('agent.create'),
    request: { body: body(createAgent) },
    responses: { 201: json(agent, 'The agent') },
  });

const read = (guard: Guard) =>
  createRoute({
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
    method: 'patch',
    path: '/agents/{id}',
    tags,
    summary: 'Change an agent, or pause it everywhere',
    middleware: guard('agent.pause'),
    request: { params: byId, body: body(changeAgent) },
    responses: { 200: json(agent, 'The agent') },
  });

export function agentRoutes({ db, intake, news }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(list(guard), async (c) => c.json({ items: await listAgents(db, c.get('caller').workspace.id) }, 200))
    .openapi(add(guard), async (c) => {
      const { workspace, teammate: by } = c.get('caller');
      const added = await db.transaction(async (tx) => {
        const made = await insertAgent(tx, workspace.id, c.req.valid('json'));
        const detail = { name: made.name, kind: made.backend.kind };
        await recordAudit(tx, workspace.id, by, { action: 'agent.added', subjectId: made.id, detail });
        return made;
      });
      return c.json(added, 201);
    })
    .openapi(read(guard), async (c) =>
      c.json(found(await findAgent(db, c.get('caller').workspace.id, c.req.valid('param').id)), 200),
    )
    .openapi(change(guard), async (c) => {
      const { workspace, teammate: by, role } = c.get('caller');
      const { id } = c.req.valid('param');
      const { paused, ...shape } = c.req.valid('json');
      if (Object.keys(shape).length > 0) {
        if (!may(role, 'agent.write')) throw new Refusal('forbidden');
        await db.transaction(async (tx) => {
          found(await updateAgent(tx, workspace.id, id, shape));
          const detail = { fields: Object.keys(shape) };
          await recordAudit(tx, workspace.id, by, { action: 'agent.changed', subjectId: id, detail });
        });
      }
      const before = found(await findAgent(db, workspace.id, id));
      if (paused === undefined || paused === before.paused) return c.json(before, 200);
      await intake.changeRules({
        workspaceId: workspace.id,
        agentId: id,
        change: { paused },
        by: personOf(c.get('caller')),
      });
      news.agentsChanged(workspace.id);
      return c.json({ ...before, paused }, 200);
    });
}

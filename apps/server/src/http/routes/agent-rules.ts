import { changeRules, humanInteractionRules } from '@baton/protocol';
import { findRules } from '@baton/database/queries/agents';
import { createRoute } from '@hono/zod-openapi';
import { personOf } from '../../auth/caller.ts';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../../problems/rejection.ts';
import { body, byId, json } from './route-parts.ts';

const path = '/agents/{id}/human-interaction-rules';
const tags = ['Agents'];

const read = (guard: Guard) =>
  createRoute({
    operationId: 'getHumanInteractionRules',
    method: 'get',
    path,
    tags,
    summary: 'Get the human interaction rules of an agent',
    middleware: guard('agent.read'),
    request: { params: byId },
    responses: { 200: json(humanInteractionRules, 'The rules in force') },
  });

const write = (guard: Guard) =>
  createRoute({
    operationId: 'changeHumanInteractionRules',
    method: 'put',
    path,
    tags,
    summary: 'Change the human interaction rules; omitted fields keep their value',
    middleware: guard('agent.write'),
    request: { params: byId, body: body(changeRules) },
    responses: { 200: json(humanInteractionRules, 'The rules now in force, for running windows and timers too') },
  });

export function agentRulesRoutes({ db, intake }: AppDeps, guard: Guard) {
  return apiRouter()
    .openapi(read(guard), async (c) =>
      c.json(found(await findRules(db, c.get('caller').workspace.id, c.req.valid('param').id)), 200),
    )
    .openapi(write(guard), async (c) => {
      const caller = c.get('caller');
      const { workspace } = caller;
      const { id } = c.req.valid('param');
      const change = c.req.valid('json');
      const before = found(await findRules(db, workspace.id, id));
      if (Object.keys(change).length === 0) return c.json(before, 200);
      await intake.changeRules({ workspaceId: workspace.id, agentId: id, change, by: personOf(caller) });
      return c.json(found(await findRules(db, workspace.id, id)), 200);
    });
}

import { agentTrial, askAgent } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../../problems/rejection.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { body, byId, json } from './route-parts.ts';

const ask = (guard: Guard) =>
  createRoute({
    operationId: 'testAgent',
    method: 'post',
    path: '/agents/{id}/test',
    tags: ['Agents'],
    summary: 'Test the agent’s backend with a question; no conversation changes',
    middleware: guard('agent.write'),
    request: { params: byId, body: body(askAgent) },
    responses: { 200: json(agentTrial, 'The answer, or the reason why there is none') },
  });

/** Per teammate. Each test may call a model that costs money. */
const TESTS_PER_SECOND = 0.5;

export function agentTrialRoutes({ trials }: AppDeps, guard: Guard) {
  const rate = rateLimit(TESTS_PER_SECOND);
  return apiRouter().openapi(ask(guard), async (c) => {
    const { workspace, teammate } = c.get('caller');
    await rate.spend(teammate.id);
    // The backend has a timeout of its own.
    c.set('mayTakeLong', true);
    const agent = { workspaceId: workspace.id, agentId: c.req.valid('param').id };
    return c.json(found(await trials.ask(agent, c.req.valid('json').text, c.req.raw.signal)), 200);
  });
}

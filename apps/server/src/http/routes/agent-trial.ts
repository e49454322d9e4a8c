import { agentTrial, askAgent } from '@baton/protocol';
import { createRoute } from '@hono/zod-openapi';
import type { AppDeps } from '../../deps.ts';
import { apiRouter } from './api-router.ts';
import type { Guard } from '../middleware/caller-guard.ts';
import { found } from '../refusal.ts';
import { requestRate } from '../middleware/rate-limit.ts';
import { body, byId, json } from './route-parts.ts';

const ask = (guard: Guard) =>
  createRoute({
    method: 'post',
    path: '/agents/{id}/test',
    tags: ['Agents'],
    summary: 'Ask the agent’s backend something, apart from all conversations',
    middleware: guard('agent.write'),
    request: { params: byId, body: body(askAgent) },
    responses: { 200: json(agentTrial, 'What it answered, or why it gave no answer') },
  });

/** Each may call a model that somebody pays for. */
const PER_SECOND = 0.5;

export function agentTrialRoutes({ trials }: AppDeps, guard: Guard) {
  const rate = requestRate(PER_SECOND);
  return apiRouter().openapi(ask(guard), async (c) => {
    const { workspace, teammate } = c.get('caller');
    await rate.spend(teammate.id);
    // The agent has a limit of its own.
    c.set('mayTakeLong', true);
    const agent = { workspaceId: workspace.id, agentId: c.req.valid('param').id };
    return c.json(found(await trials.ask(agent, c.req.valid('json').text, c.req.raw.signal)), 200);
  });
}

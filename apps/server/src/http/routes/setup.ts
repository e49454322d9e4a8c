import { setUp, setupState } from '@baton/protocol';
import { hasWorkspace } from '@baton/database/queries/workspaces';
import { createRoute } from '@hono/zod-openapi';
import { createFirstWorkspace } from '../../auth/create-workspace.ts';
import type { AppDeps } from '../../deps.ts';
import { remoteAddress } from '../middleware/remote-address.ts';
import { apiRouter } from './api-router.ts';
import { Rejection } from '../../problems/rejection.ts';
import { rateLimit } from '../middleware/rate-limit.ts';
import { body, json, noContent, problems } from './route-parts.ts';

const tags = ['Setup'];

const read = createRoute({
  operationId: 'getSetup',
  method: 'get',
  path: '/setup',
  tags,
  summary: 'Is setup pending?',
  security: [],
  responses: { 200: json(setupState, 'Whether setup is pending, and the demo accounts if there are any') },
});

const make = createRoute({
  operationId: 'setUpWorkspace',
  method: 'post',
  path: '/setup',
  tags,
  summary: 'Create the first workspace, with the setup token from the server log',
  security: [],
  request: { body: body(setUp) },
  ...problems('forbidden', 'conflict', 'rate_limited'),
  responses: noContent,
});

export function setupRoutes({ db, auth, setupToken, config }: AppDeps) {
  const rate = rateLimit(config.limits.perAddress);
  const { demoAccounts } = config;

  return apiRouter()
    .openapi(read, async (c) => {
      const needed = setupToken.value !== null && !(await hasWorkspace(db));
      return c.json({ needed, ...(demoAccounts.length > 0 ? { demoAccounts } : {}) }, 200);
    })
    .openapi(make, async (c) => {
      await rate.spend(remoteAddress(c, config.trustedProxies) ?? 'unknown');
      const { token, workspaceName, ...owner } = c.req.valid('json');
      if (!setupToken.matches(token))
        throw new Rejection('forbidden', { detail: 'This is not the setup token in the server log' });
      const made = await createFirstWorkspace({ db, auth }, { name: workspaceName, owner });
      setupToken.spend();
      if (!made) throw new Rejection('conflict', { detail: 'This server is already set up' });
      return c.body(null, 204);
    });
}

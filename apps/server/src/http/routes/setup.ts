import { setUp, setupState } from '@baton/protocol';
import { hasWorkspace } from '@baton/database/queries/workspaces';
import { createRoute } from '@hono/zod-openapi';
import { createFirstWorkspace } from '../../auth/create-workspace.ts';
import type { AppDeps } from '../../deps.ts';
import { remoteAddress } from '../middleware/remote-address.ts';
import { apiRouter } from './api-router.ts';
import { Refusal } from '../refusal.ts';
import { requestRate } from '../middleware/rate-limit.ts';
import { body, json, noContent } from './route-parts.ts';

const tags = ['Set-up'];

const read = createRoute({
  method: 'get',
  path: '/setup',
  tags,
  summary: 'Does this server wait for its first visit?',
  responses: { 200: json(setupState, 'What the sign-in page shows') },
});

const make = createRoute({
  method: 'post',
  path: '/setup',
  tags,
  summary: 'Make the first workspace, with the token from the log',
  request: { body: body(setUp) },
  responses: noContent,
});

export function setupRoutes({ db, auth, setupToken, config }: AppDeps) {
  const rate = requestRate(config.limits.perAddress);
  const { demoAccounts } = config;

  return apiRouter()
    .openapi(read, async (c) => {
      const needed = setupToken.value !== null && !(await hasWorkspace(db));
      return c.json({ needed, ...(demoAccounts.length > 0 ? { demoAccounts } : {}) }, 200);
    })
    .openapi(make, async (c) => {
      await rate.spend(remoteAddress(c, config.trustedProxies) ?? 'nowhere');
      const { token, workspaceName, ...owner } = c.req.valid('json');
      if (!setupToken.matches(token)) throw new Refusal('forbidden', { detail: 'That is not the token from the log' });
      const made = await createFirstWorkspace({ db, auth }, { name: workspaceName, owner });
      setupToken.spend();
      if (!made) throw new Refusal('conflict', { detail: 'This server is set up already' });
      return c.body(null, 204);
    });
}

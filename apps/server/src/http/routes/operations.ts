import { Hono } from 'hono';
import { makeProblem } from '@baton/protocol';
import { hashSecret, matchesSecret } from '@baton/channels';
import type { AppDeps } from '../../deps.ts';
import { isLocal } from '../middleware/remote-address.ts';
import { problemResponse } from '../../problems/answer-error.ts';
import type { ApiEnv } from '../api-env.ts';
import { Rejection } from '../../problems/rejection.ts';

/** Liveness, readiness and metrics, for operators. */
export function operationRoutes({ isReady, metrics, config }: AppDeps) {
  return new Hono<ApiEnv>()
    .get('/healthz', (c) => c.text('ok'))
    .get('/readyz', async (c) => ((await isReady()) ? c.text('ready') : problemResponse(makeProblem('unavailable'))))
    .get('/metrics', async (c) => {
      const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      const known =
        config.metricsToken !== null && token !== undefined && matchesSecret(token, hashSecret(config.metricsToken));
      if (!known && !isLocal(c)) throw new Rejection('unauthenticated');
      return c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType });
    });
}

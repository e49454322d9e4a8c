import { may, type Permission } from '@baton/protocol';
import type { MiddlewareHandler } from 'hono';
import type { AppDeps } from '../../deps.ts';
import type { ApiEnv } from '../api-env.ts';
import { Rejection } from '../../problems/rejection.ts';
import { rateLimit } from './rate-limit.ts';

/** Middleware that authenticates the caller and checks a permission; `null` accepts every teammate. */
export type Guard = (permission: Permission | null) => MiddlewareHandler<ApiEnv>;

export function callerGuard({ auth, config }: AppDeps): Guard {
  const rate = rateLimit(config.limits.perCaller);
  return (permission) => async (c, next) => {
    const caller = await auth.authenticate(c.req.raw.headers);
    if (!caller) throw new Rejection('unauthenticated');
    await rate.spend(caller.teammate.id);
    if (permission !== null && !may(caller.role, permission)) throw new Rejection('forbidden');
    c.set('caller', caller);
    await next();
  };
}

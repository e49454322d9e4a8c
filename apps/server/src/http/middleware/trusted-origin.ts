import type { MiddlewareHandler } from 'hono';
import { Rejection } from '../../problems/rejection.ts';
import type { ApiEnv } from '../api-env.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * CSRF protection: an unsafe request with a cookie must come from a trusted origin. Requests without a cookie carry no
 * credential that a foreign page could use. Sign-in is also checked here if it names an origin.
 */
export function requireTrustedOrigin(trusted: readonly string[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!SAFE.has(c.req.method)) {
      const origin = c.req.header('origin');
      const usesCookie = c.req.header('cookie') !== undefined && c.req.header('authorization') === undefined;
      const isSignIn = origin !== undefined && c.req.path.startsWith('/api/auth/');
      if ((usesCookie || isSignIn) && (origin === undefined || !trusted.includes(origin)))
        throw new Rejection('bad_origin');
    }
    await next();
  };
}

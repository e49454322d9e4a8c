import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../refusal.ts';
import type { ApiEnv } from '../api-env.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * An unsafe request that a browser makes with a cookie must come from a page of ours. Requests without a cookie carry
 * nothing that a foreign page could borrow; signing in is checked by better-auth and, when it names an origin, here too.
 */
export function requireTrustedOrigin(trusted: readonly string[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!SAFE.has(c.req.method)) {
      const origin = c.req.header('origin');
      const borrowed = c.req.header('cookie') !== undefined && c.req.header('authorization') === undefined;
      const names = origin !== undefined && c.req.path.startsWith('/api/auth/');
      if ((borrowed || names) && (origin === undefined || !trusted.includes(origin))) throw new Refusal('bad_origin');
    }
    await next();
  };
}

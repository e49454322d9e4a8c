import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { Histogram, type Registry } from 'prom-client';
import type { ApiEnv } from '../api-env.ts';

/** Measures requests by route pattern; ids in labels would create a series per conversation. */
export function requestMetrics(registry: Registry): MiddlewareHandler<ApiEnv> {
  const seconds = new Histogram({
    name: 'baton_http_request_seconds',
    help: 'Time to answer HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return async (c, next) => {
    const stop = seconds.startTimer();
    await next();
    stop({ method: c.req.method, route: routeOf(c), status: String(c.res.status) });
  };
}

/** The first matching pattern with a method is the one that answers: `/conversations/counts` also matches `/conversations/:id`. */
function routeOf(c: Context): string {
  const matched = matchedRoutes(c);
  return (matched.find(({ method }) => method !== 'ALL') ?? matched.at(-1))?.path ?? '';
}

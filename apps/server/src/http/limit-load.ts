import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './api-env.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses requests while so many are being answered: 503, to be tried again shortly. All of them wait for a few connections
 * to the database, and a queue that only grows would answer nobody in time.
 */
export function limitLoad(most: number): MiddlewareHandler<ApiEnv> {
  let underWay = 0;
  return async (_, next) => {
    if (underWay >= most) throw new Refusal('unavailable');
    underWay += 1;
    try {
      await next();
    } finally {
      underWay -= 1;
    }
  };
}

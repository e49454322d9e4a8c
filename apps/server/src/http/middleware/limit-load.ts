import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../api-env.ts';
import { Rejection } from '../../problems/rejection.ts';

/**
 * Refuses requests while so many are being answered, and those that have no answer after so long: 503, to be tried again
 * shortly. All of them wait for a few connections to the database, and a queue that only grows would answer nobody in time.
 * One that was given up counts until it has ended; what it did stands, and a retry by its id finds it. One whose body is still
 * not here waits for nobody but its sender, and its connection is ended with the answer: nothing tells its reader, so it is
 * counted off at once.
 */
export function limitLoad(most: number, longestMs: number): MiddlewareHandler<ApiEnv> {
  let underWay = 0;
  return async (c, next) => {
    if (underWay >= most) throw new Rejection('unavailable');
    underWay += 1;
    let isCounted = true;
    const countOff = (): void => {
      if (isCounted) underWay -= 1;
      isCounted = false;
    };
    await inTime(next().finally(countOff), longestMs, () => {
      if (c.get('mayTakeLong') === true) return false;
      if (c.env?.incoming?.complete === false) countOff();
      return true;
    });
  };
}

async function inTime(answered: Promise<void>, longestMs: number, mayGiveUp: () => boolean): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    if (mayGiveUp()) late.reject(new Rejection('unavailable'));
  }, longestMs);
  try {
    await Promise.race([answered, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

import { isUnavailable } from '@baton/database';
import { makeProblem, type Problem } from '@baton/protocol';
import { StoreUnavailable } from '@baton/runtime';
import type { Logger } from 'pino';
import { Rejection } from './rejection.ts';

/** Maps what a socket event threw to the same problem as over HTTP. */
export function problemOf(logger: Logger): (error: unknown, event: string) => Problem {
  return (error, event) => {
    if (error instanceof Rejection) return error.problem;
    if (error instanceof StoreUnavailable || isUnavailable(error)) return makeProblem('unavailable');
    logger.error({ err: error, event }, 'a socket event failed');
    return makeProblem('internal');
  };
}

import { makeProblem, type Problem } from '@baton/protocol';
import { StoreUnavailable } from '@baton/runtime';
import { isUnavailable } from '@baton/database';
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { ApiEnv } from '../http/api-env.ts';
import { seldom } from '../logging/throttled.ts';
import { Refusal } from './rejection.ts';

const RETRY_SOON = { 'Retry-After': '1' };
/** While the database is away every request is refused, for one cause: that is not worth a line each. */
const SAY_AWAY_EVERY_MS = 60_000;

/** `application/problem+json` (RFC 9457). */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(problem.status === 503 ? RETRY_SOON : {}),
      ...headers,
    },
  });
}

/** Every throw ends here. What was not foreseen is logged, and its answer says nothing of it. */
export function answerError(logger: Logger): ErrorHandler<ApiEnv> {
  const sayAway = seldom(SAY_AWAY_EVERY_MS, (refusedBefore, error: unknown, path: string) =>
    logger.warn({ err: error, path, refusedBefore }, 'the database is away: requests are refused'),
  );
  return (error, c) => {
    if (error instanceof Refusal) return problemResponse(error.problem, error.headers);
    if (error instanceof HTTPException) return problemResponse(ofHttpException(error));
    if (error instanceof StoreUnavailable || isUnavailable(error)) {
      sayAway(error, c.req.path);
      return problemResponse(makeProblem('unavailable'));
    }
    logger.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return problemResponse(makeProblem('internal'));
  };
}

/** What Hono itself refuses: bodies that are not JSON, or not said to be. */
function ofHttpException(error: HTTPException): Problem {
  if (error.status === 400) return makeProblem('malformed_json');
  if (error.status === 415) return makeProblem('malformed_json', { detail: 'Send the body as application/json' });
  if (error.status === 413) return makeProblem('too_large');
  return makeProblem('internal');
}

export const answerNotFound: NotFoundHandler<ApiEnv> = () => problemResponse(makeProblem('not_found'));

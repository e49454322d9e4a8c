import { makeProblem, type Problem } from '@baton/protocol';
import { StoreUnavailable } from '@baton/runtime';
import { isUnavailable } from '@baton/database';
import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { throttled } from '../logging/throttled.ts';
import { Rejection } from './rejection.ts';

const RETRY_SOON = { 'Retry-After': '1' };
/** While the database is away it rejects every request for one reason, so one log line per minute is enough. */
const LOG_OUTAGE_EVERY_MS = 60_000;

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

/** Answers everything that a route throws. Unexpected errors are logged, and their answer reveals nothing. */
export function answerError(logger: Logger): ErrorHandler {
  const logOutage = throttled(LOG_OUTAGE_EVERY_MS, (rejectedBefore, error: unknown, path: string) =>
    logger.warn({ err: error, path, rejectedBefore }, 'the database is away: requests are rejected'),
  );
  return (error, c) => {
    if (error instanceof Rejection) return problemResponse(error.problem, error.headers);
    if (error instanceof HTTPException) return problemResponse(ofHttpException(error));
    if (error instanceof StoreUnavailable || isUnavailable(error)) {
      logOutage(error, c.req.path);
      return problemResponse(makeProblem('unavailable'));
    }
    logger.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return problemResponse(makeProblem('internal'));
  };
}

/** Maps Hono's own rejections: bodies without valid JSON or without its content type. */
function ofHttpException(error: HTTPException): Problem {
  if (error.status === 400) return makeProblem('malformed_json');
  if (error.status === 415) return makeProblem('malformed_json', { detail: 'Send the body as application/json' });
  if (error.status === 413) return makeProblem('too_large');
  return makeProblem('internal');
}

export const answerNotFound: NotFoundHandler = () => problemResponse(makeProblem('not_found'));

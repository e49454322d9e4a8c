import { OpenAPIHono } from '@hono/zod-openapi';
import { fieldErrors, makeProblem } from '@baton/protocol';
import { problemResponse } from '../../problems/answer-error.ts';
import type { ApiEnv } from '../api-env.ts';

/** A router for one resource. A malformed id in the path is 404; other invalid input is 422 with the fields. */
export function apiRouter() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return undefined;
      if (result.target === 'param') return problemResponse(makeProblem('not_found'));
      return problemResponse(makeProblem('invalid', { errors: fieldErrors(result.error) }));
    },
  });
}

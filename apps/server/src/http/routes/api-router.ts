import { OpenAPIHono } from '@hono/zod-openapi';
import { fieldErrors, makeProblem } from '@baton/protocol';
import { problemResponse } from '../answer-error.ts';
import type { ApiEnv } from '../api-env.ts';

/** A router for one resource. An id in the path that is not one names nothing: 404. Other bad input is 422 with the fields. */
export function apiRouter() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return undefined;
      if (result.target === 'param') return problemResponse(makeProblem('not_found'));
      return problemResponse(makeProblem('invalid', { errors: fieldErrors(result.error) }));
    },
  });
}

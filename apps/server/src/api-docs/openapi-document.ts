import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../http/api-env.ts';
import { outgoingCalls } from './outgoing-calls.ts';
import { problemAnswer } from '../http/routes/route-parts.ts';

export type ApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

const DESCRIPTION = `Baton is a live inbox in which an AI agent and a team answer the same customers.
Ids are opaque strings, times ISO 8601 in UTC. Errors are problem documents (RFC 9457) with a stable code.`;

/** The OpenAPI document of all routes of this app, made when it is first asked for. */
export function apiDocument(app: OpenAPIHono<ApiEnv>): () => ApiDocument {
  let document: ApiDocument | null = null;
  return () => {
    document ??= write(app);
    return document;
  };
}

function write(app: OpenAPIHono<ApiEnv>): ApiDocument {
  const { openAPIRegistry: registry } = app;
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'baton.session_token',
  });
  for (const definition of registry.definitions) {
    // Said here once, so that no route has to repeat how it fails.
    if (definition.type === 'route')
      definition.route.responses = { ...definition.route.responses, default: problemAnswer };
  }
  for (const call of outgoingCalls) registry.registerWebhook(call);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Baton', version: '1', description: DESCRIPTION },
    security: [{ apiKey: [] }, { session: [] }],
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { PROTOCOL_VERSION } from '@baton/protocol';
import type { ApiEnv } from '../http/api-env.ts';
import { outgoingCalls } from './outgoing-calls.ts';
import { documentProblems } from './problem-responses.ts';
import { TAGS } from './tags.ts';

export type ApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

const DESCRIPTION = `Baton is a live inbox in which an AI agent and a team answer the same customers.
Ids are opaque strings; times are ISO 8601 in UTC. Errors are problem documents (RFC 9457) with a stable code.`;

/** The OpenAPI document of all routes of this app, generated on first use. */
export function apiDocument(app: OpenAPIHono<ApiEnv>, publicUrl: string): () => ApiDocument {
  let document: ApiDocument | null = null;
  return () => {
    document ??= generate(app, publicUrl);
    return document;
  };
}

function generate(app: OpenAPIHono<ApiEnv>, publicUrl: string): ApiDocument {
  const { openAPIRegistry: registry } = app;
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'baton.session_token',
  });
  registry.registerComponent('securitySchemes', 'inboundSecret', {
    type: 'http',
    scheme: 'bearer',
    description: 'The inbound secret of an HTTP channel.',
  });
  documentProblems(registry);
  for (const call of outgoingCalls) registry.registerWebhook(call);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version: String(PROTOCOL_VERSION),
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: publicUrl, description: 'This server' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ apiKey: [] }, { session: [] }],
  });
}

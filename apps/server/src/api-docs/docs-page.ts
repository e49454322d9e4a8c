import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Handler } from 'hono';
import type { ApiDocument } from './openapi-document.ts';
import type { ApiEnv } from '../http/api-env.ts';
import { curlOf } from './docs-example.ts';

type Operation = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>;

type Components = Record<string, { description?: string }>;

interface Entry {
  method: string;
  path: string;
  operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 6rem; }
h2 { margin-top: 3rem; }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .6rem 0; }
summary { cursor: pointer; display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 .5rem; }
summary:hover { background: color-mix(in srgb, currentColor 7%, transparent); }
summary b::before { content: '▸ '; }
details[open] > summary b::before { content: '▾ '; }
summary b { text-transform: uppercase; font-size: .8rem; line-height: 1.5rem; }
summary span { grid-column: 2; opacity: .75; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 7%, transparent); }
`;

// One string, because whitespace added by a formatter would change the hash in the policy.
const STYLE_ELEMENT = `<style>${STYLE}</style>`;

/** Allows the page's own style and nothing else. */
export const DOCS_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** The OpenAPI document as one HTML page without scripts or foreign resources. */
export function docsPage(document: () => ApiDocument): Handler<ApiEnv> {
  return (c) => c.html(page(document()));
}

function page(document: ApiDocument) {
  const all = [...entries(document.paths), ...entries(document.webhooks)];
  const sections = Map.groupBy(all, ({ operation }) => operation.tags?.[0]);
  const problems = document.components?.responses ?? {};
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title} API</title>
        ${raw(STYLE_ELEMENT)}
      </head>
      <body>
        <h1>${document.info.title} API</h1>
        <p>${document.info.description ?? ''}</p>
        <p>
          Send <code>Authorization: Bearer KEY</code> or a session cookie. Create keys in
          <i>Settings &gt; Team and API keys</i>. <code>POST …/channels/{id}/messages</code> takes the channel's inbound
          secret instead. In the examples <code>$BATON</code> is this server's address and <code>$KEY</code> your key.
          Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>.
        </p>
        <p>Click an endpoint to expand it. Examples show required fields only.</p>
        ${(document.tags ?? []).map(
          ({ name, description }) =>
            html`<h2>${name}</h2>
              <p>${description}</p>
              ${sections.get(name)?.map((entry) => operationSection(entry, problems))}`,
        )}
        <h2>Schemas</h2>
        ${Object.entries<unknown>(document.components?.schemas ?? {}).map(([name, schema]) => schemaSection(name, schema))}
      </body>
    </html>`;
}

function entries(paths: ApiDocument['paths'] = {}): Entry[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
}

function operationSection({ method, path, operation }: Entry, problems: Components) {
  const { operationId, summary, description, parameters = [], requestBody, responses = {} } = operation;
  const body = requestBody ? schemaOf(requestBody) : undefined;
  const isOurs = path.startsWith('/');
  return html`<details id="${operationId ?? ''}">
    <summary><b>${method}</b> <code>${path}</code><span>${summary ?? ''}</span></summary>
    ${description ? html`<p>${description}</p>` : ''} ${isOurs ? html`<pre>${curlOf(method, path, body)}</pre>` : ''}
    ${parameters.length > 0 ? block('Parameters', parameters) : ''} ${body ? block('Body', body) : ''}
    ${Object.entries<unknown>(responses).map(([status, answer]) => responseSection(status, answer, problems))}
  </details>`;
}

/** A problem is one line: its codes say more than its schema, which is the same everywhere. */
function responseSection(status: string, response: unknown, problems: Components) {
  if (!isReference(response)) return block(status, schemaOf(response));
  const problem = problems[response.$ref.split('/').at(-1) ?? ''];
  return html`<p><b>${status}</b> ${problem?.description ?? ''}</p>`;
}

const schemaSection = (name: string, schema: unknown) =>
  html`<details id="${name}">
    <summary><b>schema</b> <code>${name}</code></summary>
    ${shape(schema)}
  </details>`;

const block = (title: string, value: unknown) =>
  html`<h4>${title}</h4>
    ${shape(value)}`;

const shape = (value: unknown) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`;

function isReference(value: unknown): value is { $ref: string } {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

/** The schema of a body or response in its first media type; without content, its description. */
function schemaOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if ('content' in part && typeof part.content === 'object' && part.content !== null) {
    const first = Object.values<unknown>({ ...part.content })[0];
    if (typeof first === 'object' && first !== null && 'schema' in first) return first.schema;
  }
  return 'description' in part ? part.description : part;
}

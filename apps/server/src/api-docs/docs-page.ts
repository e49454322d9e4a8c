import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Handler } from 'hono';
import type { ApiDocument } from './openapi-document.ts';
import type { ApiEnv } from '../http/api-env.ts';
import { curlOf } from './docs-example.ts';

type Operation = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>;

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

// One string: a formatter's space inside the element would be another hash than the policy's.
const STYLE_ELEMENT = `<style>${STYLE}</style>`;

/** Allows the page's own style, and nothing else. */
export const DOCS_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** The API for people to read: the OpenAPI document as one page without a script, so that it needs no one's server but this. */
export function docsPage(document: () => ApiDocument): Handler<ApiEnv> {
  return (c) => c.html(page(document()));
}

function page(document: ApiDocument) {
  const sections = Map.groupBy(entries(document.paths), ({ operation }) => operation.tags?.[0] ?? 'Other');
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
          Send <code>Authorization: Bearer KEY</code>, or the session cookie of somebody who signed in. A key is made in
          <i>Settings &gt; Team and API keys</i>; only <code>POST …/channels/{id}/messages</code> takes the channel's
          inbound secret instead. In the examples <code>$BATON</code> is this server's address and
          <code>$KEY</code> your key. The same as data: <a href="/api/v1/openapi.json">openapi.json</a>.
        </p>
        <p>
          Press a line to open it. Fields that must be there are in <code>required</code>; the examples have only those.
        </p>
        ${[...sections].map(
          ([title, of]) =>
            html`<h2>${title}</h2>
              ${of.map(section)}`,
        )}
        <h2>What Baton calls</h2>
        ${entries(document.webhooks).map(called)}
        <h2>Shapes</h2>
        ${Object.entries<unknown>(document.components?.schemas ?? {}).map(([name, schema]) => named(name, schema))}
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

function section({ method, path, operation }: Entry) {
  const { parameters = [], requestBody, responses = {} } = operation;
  const body = requestBody ? schemaOf(requestBody) : undefined;
  return html`<details>
    <summary><b>${method}</b> <code>${path}</code><span>${operation.summary ?? ''}</span></summary>
    ${operation.description ? html`<p>${operation.description}</p>` : ''}
    <pre>${curlOf(method, path, body)}</pre>
    ${
      parameters.length > 0
        ? html`<h4>Parameters</h4>
            ${shape(parameters)}`
        : ''
    }
    ${
      body
        ? html`<h4>Body</h4>
            ${shape(body)}`
        : ''
    }
    ${answers(responses)}
  </details>`;
}

function called({ method, path, operation }: Entry) {
  return html`<details>
    <summary><b>${method}</b> ${path}<span>${operation.summary ?? ''}</span></summary>
    <p>${operation.description ?? ''}</p>
    <h4>Body</h4>
    ${shape(schemaOf(operation.requestBody))} ${answers(operation.responses)}
  </details>`;
}

const answers = (responses: Operation['responses'] = {}) =>
  Object.entries<unknown>(responses).map(
    ([status, answer]) =>
      html`<h4>${status}</h4>
        ${shape(schemaOf(answer))}`,
  );

const named = (name: string, schema: unknown) =>
  html`<details id="${name}">
    <summary><b>shape</b> <code>${name}</code></summary>
    ${shape(schema)}
  </details>`;

const shape = (value: unknown) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`;

/** The schema of a body or an answer, whatever its media type; else its description. */
function schemaOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if ('content' in part && typeof part.content === 'object' && part.content !== null) {
    const first = Object.values<unknown>({ ...part.content })[0];
    if (typeof first === 'object' && first !== null && 'schema' in first) return first.schema;
  }
  return 'description' in part ? part.description : part;
}

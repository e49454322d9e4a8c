import { existsSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { developmentPages } from './development-pages.ts';
import type { WebApp, WebAppParts } from './web-app.ts';

/** The web app: as built, or by Vite in development. Without a build there are no pages, and the API alone is served. */
export async function openPages(parts: WebAppParts): Promise<WebApp> {
  if (parts.development) return developmentPages(parts);
  const handler = join(parts.root, 'apps/web/build/handler.js');
  if (!existsSync(handler)) {
    parts.logger.warn(`there is no web app in ${handler}: only the API is served`);
    return { serve: noPages, close: async () => {} };
  }
  return builtPages(handler, parts.publicUrl);
}

const PROTOCOL_HEADER = 'x-baton-protocol';
const HOST_HEADER = 'x-baton-host';

/** adapter-node's handler learns the address that users see from headers, which are ours to set on every request. */
async function builtPages(handler: string, publicUrl: string): Promise<WebApp> {
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  process.env['HOST_HEADER'] = HOST_HEADER;
  const built: unknown = await import(pathToFileURL(handler).href);
  if (!isBuilt(built)) throw new Error(`${handler} is no web app`);
  const { protocol, host } = new URL(publicUrl);
  return {
    serve(request, response) {
      request.headers[PROTOCOL_HEADER] = protocol.slice(0, -1);
      request.headers[HOST_HEADER] = host;
      built.handler(request, response, () => noPages(request, response));
    },
    close: async () => {},
  };
}

interface Built {
  handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
}

function isBuilt(module: unknown): module is Built {
  return typeof module === 'object' && module !== null && 'handler' in module && typeof module.handler === 'function';
}

const noPages: RequestListener = (_request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
};

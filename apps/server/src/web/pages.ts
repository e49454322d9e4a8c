import { existsSync } from 'node:fs';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { developmentPages } from './development-pages.ts';

export interface Pages {
  serve: RequestListener;
  close(): Promise<void>;
}

export interface PagesParts {
  /** The clone's root. */
  root: string;
  development: boolean;
  publicUrl: string;
  server: Server;
  logger: Logger;
}

/** The web app: as built, or by Vite in development. Without a build there are no pages, and the API alone is served. */
export async function openPages(parts: PagesParts): Promise<Pages> {
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
async function builtPages(handler: string, publicUrl: string): Promise<Pages> {
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  process.env['HOST_HEADER'] = HOST_HEADER;
  const built = (await import(pathToFileURL(handler).href)) as {
    handler: (request: IncomingMessage, response: Parameters<RequestListener>[1], next: () => void) => void;
  };
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

const noPages: RequestListener = (_request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n');
};

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const PATH = '/widget.js';

/** Long enough that a visit asks once, short enough that a new version is everywhere within the hour. */
const CACHE = 'public, max-age=600, stale-while-revalidate=3000';

/**
 * Serves the chat widget to pages of any origin: it holds no secret, and whether a page may open a chat is decided by
 * its channel. Everything else is passed on, also this where nothing was built.
 *
 * @param root the clone's root
 */
export function serveWidget(root: string, next: RequestListener): RequestListener {
  const file = join(root, 'packages/chat-widget/build/widget.js');
  const widget = existsSync(file) ? prepare(readFileSync(file)) : null;
  return (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === PATH && widget && (request.method === 'GET' || request.method === 'HEAD')) {
      answer(widget, request, response);
    } else next(request, response);
  };
}

interface Widget {
  etag: string;
  /** By `Content-Encoding`, the smallest first. */
  bodies: readonly (readonly [encoding: 'br' | 'gzip' | 'identity', body: Buffer])[];
}

/** Compressed once: it is the same for everybody. */
function prepare(source: Buffer): Widget {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 22);
  return {
    // Weak, because one tag stands for all encodings.
    etag: `W/"${hash}"`,
    bodies: [
      ['br', brotliCompressSync(source)],
      ['gzip', gzipSync(source, { level: 9 })],
      ['identity', source],
    ],
  };
}

function answer({ etag, bodies }: Widget, request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    'cache-control': CACHE,
    etag,
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
    // For pages that isolate themselves (CORP), and for those that load it as a module or check its hash (CORS).
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  };
  if (request.headers['if-none-match']?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const accepted = acceptedEncodings(request.headers['accept-encoding']);
  const [encoding, body] = bodies.find(([name]) => accepted.has(name)) ?? ['identity', Buffer.alloc(0)];
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': body.length,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function acceptedEncodings(header: string | string[] = ''): Set<string> {
  const named = String(header)
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0] ?? '');
  return new Set([...named, 'identity']);
}

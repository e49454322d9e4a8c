import { createServer, type RequestListener, type Server } from 'node:http';
import { makeProblem } from '@baton/protocol';

/**
 * The listening server. It answers from the first moment, so that whoever watches the process sees it live, and refuses
 * everything else until it is opened; once drained it refuses again while what it holds is finished.
 */
export interface Gate {
  server: Server;
  /** The port that was taken. */
  port: number;
  open(listener: RequestListener): void;
  /** Takes no connections any more. */
  drain(): void;
  /** Resolves when every request has been answered, or after so many milliseconds. */
  closed(graceMs: number): Promise<void>;
}

/**
 * Longer than proxies and clients keep a connection that nobody uses, usually for 60 s: closed by us first, the next request on it
 * would fail.
 */
const KEEP_ALIVE_MS = 65_000;

/** @throws a `NodeJS.ErrnoException` when the address cannot be had */
export async function openGate(host: string, port: number): Promise<Gate> {
  let listener: RequestListener = refuseAll('Baton is starting.');
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });

  let finished: Promise<void> | null = null;
  return {
    server,
    port: portOf(server) ?? port,
    open(opened) {
      listener = opened;
    },
    drain() {
      listener = refuseAll('Baton is stopping.');
      finished ??= new Promise((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
    },
    async closed(graceMs) {
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await finished;
      clearTimeout(timer);
    },
  };
}

function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

function refuseAll(sentence: string): RequestListener {
  const problem = JSON.stringify(makeProblem('unavailable', { detail: sentence }));
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok\n');
      return;
    }
    const isApi = path.startsWith('/api/');
    response
      .writeHead(503, {
        'content-type': isApi ? 'application/problem+json' : 'text/plain; charset=utf-8',
        'retry-after': '1',
        connection: 'close',
      })
      .end(isApi ? problem : `${sentence}\n`);
  };
}

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Handler = (response: ServerResponse, request: Received) => void;

/** A real HTTP server on a free loopback port that records its requests. For tests. */
export interface LocalServer {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** TCP connections accepted so far. */
  connections(): number;
  /** Replaces the handler. */
  answer(handler: Handler): void;
  /** Resolves once the next request has been read. */
  nextRequest(): Promise<Received>;
  /** Resolves once the client has closed the connection of an unanswered request. */
  nextHangUp(): Promise<void>;
  close(): Promise<void>;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Never answers. */
export const neverAnswer: Handler = () => {};

/** Closes the connection without an answer. */
export const hangUp: Handler = (response) => void response.socket?.destroy();

export async function startLocalServer(initial: Handler, host = '127.0.0.1', port = 0): Promise<LocalServer> {
  let handler = initial;
  let connections = 0;
  const received: Received[] = [];
  const forRequest = waiters<Received>();
  const forHangUp = waiters<void>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', () => {
      if (!response.writableFinished) forHangUp.wake();
    });
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    const seen = { method, path: url, headers, body };
    received.push(seen);
    handler(response, seen);
    forRequest.wake(seen);
  }

  // A request may break off while it is read: no error of the test.
  const server = createServer((request, response) => void serve(request, response).catch(() => {}));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address() as AddressInfo;

  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    received,
    connections: () => connections,
    answer: (next) => void (handler = next),
    nextRequest: () => forRequest.next(),
    nextHangUp: () => forHangUp.next(),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function waiters<T>(): { next(): Promise<T>; wake(value: T): void } {
  const waiting: ((value: T) => void)[] = [];
  return {
    next: () => new Promise((resolve) => void waiting.push(resolve)),
    wake: (value) => waiting.splice(0).forEach((resolve) => resolve(value)),
  };
}

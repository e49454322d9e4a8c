import { ServerResponse, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { CustomerClientEvents, CustomerServerEvents, TeamClientEvents, TeamServerEvents } from '@baton/protocol';
import { Server, type DefaultEventsMap, type ServerOptions } from 'socket.io';
import type {
  CustomerData,
  CustomerNamespace,
  CustomerSocket,
  TeamData,
  TeamNamespace,
  TeamSocket,
} from '../fan-out/sockets.ts';

export interface Namespaces {
  team: TeamNamespace;
  customers: CustomerNamespace;
  /** Accepts connections from now on. The server's own request listener must be in place. */
  attach(server: HttpServer): void;
  /** Disconnects all clients; they reconnect to another node by themselves. */
  close(): Promise<void>;
}

const MAX_FRAME_BYTES = 64 * 1024;

const options = {
  serveClient: false,
  // Without long polling, any node may serve any connection: no sticky sessions.
  transports: ['websocket'],
  // 17–22 KiB per connection instead of 253.
  perMessageDeflate: false,
  maxHttpBufferSize: MAX_FRAME_BYTES,
  // Ends connections that never join a namespace.
  connectTimeout: 10_000,
  pingInterval: 20_000,
  pingTimeout: 15_000,
  // In development Vite serves other upgrades on the same server.
  destroyUpgrade: false,
} satisfies Partial<ServerOptions>;

/** `/team` serves the inbox to our own pages only; `/customer` serves chats, whose channel decides at connection. */
export function openNamespaces(trustedOrigins: readonly string[]): Namespaces {
  const teamServer = new Server<TeamClientEvents, TeamServerEvents, DefaultEventsMap, TeamData>({
    ...options,
    path: '/socket.io',
    allowRequest: (request, decide) => decide(null, comesFrom(request, trustedOrigins)),
  });
  const customerServer = new Server<CustomerClientEvents, CustomerServerEvents, DefaultEventsMap, CustomerData>({
    ...options,
    path: '/chat.io',
  });
  const servers = [teamServer, customerServer];
  return {
    team: teamServer.of('/team'),
    customers: customerServer.of('/customer'),
    attach(server) {
      for (const io of servers) {
        io.attach(server);
        io.engine.use(releaseRequest);
      }
    },
    async close() {
      // Without a disconnect packet, clients take it for a lost connection and reconnect.
      await Promise.all(servers.map((io) => io.close()));
    },
  };
}

/** Programs send no origin and use their own key; browsers always send the origin of the page. */
function comesFrom(request: IncomingMessage, trustedOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  return origin === undefined || trustedOrigins.includes(origin);
}

/**
 * Drops the request and its secrets from memory once the caller is known (SEE-5). Assigns instead of deleting: an object with
 * a deleted property costs 1.6 KiB more.
 */
export function forgetRequest(socket: TeamSocket | CustomerSocket): void {
  Object.assign(socket.conn, { request: undefined });
  Object.assign(socket.handshake, { headers: EMPTY, auth: EMPTY, query: EMPTY, url: '' });
}

const EMPTY = Object.freeze({});

/** Engine.IO's substitute response lives as long as the connection and would keep the request in memory. */
function releaseRequest(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (!(response instanceof ServerResponse)) Object.assign(response, { req: undefined });
  next();
}

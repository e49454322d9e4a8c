import { ServerResponse, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type {
  Conversation,
  CustomerClientEvents,
  CustomerServerEvents,
  Person,
  TeamClientEvents,
  TeamServerEvents,
} from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import { Server, type DefaultEventsMap, type Namespace, type ServerOptions, type Socket } from 'socket.io';
import type { Caller } from '../../auth/caller.ts';
import type { TokenBucket } from '../../timing/token-bucket.ts';

/** What is remembered of a teammate's connection. */
export interface TeamData {
  caller: Caller;
  watched: Map<string, ConversationKey>;
  idle: boolean;
  /** What it may still ask now. */
  bucket: TokenBucket;
}

/** What is remembered of a customer's connection. */
export interface CustomerData {
  key: ConversationKey;
  customer: Person;
  /** As it stood on connection; null once it is told: it may be long, and the connection too. */
  conversation: Conversation | null;
  bucket: TokenBucket;
}

export type TeamNamespace = Namespace<TeamClientEvents, TeamServerEvents, DefaultEventsMap, TeamData>;
export type TeamSocket = Socket<TeamClientEvents, TeamServerEvents, DefaultEventsMap, TeamData>;
export type CustomerNamespace = Namespace<CustomerClientEvents, CustomerServerEvents, DefaultEventsMap, CustomerData>;
export type CustomerSocket = Socket<CustomerClientEvents, CustomerServerEvents, DefaultEventsMap, CustomerData>;

export interface Namespaces {
  team: TeamNamespace;
  customers: CustomerNamespace;
  /** Takes connections from now on: everything must be in place. The server's own request listener goes first. */
  attach(server: HttpServer): void;
  /** Tells all connections to come back later. */
  close(): Promise<void>;
}

const LARGEST_FRAME = 64 * 1024;

const options = {
  serveClient: false,
  // No long polling, so any node may serve any connection, without sticky sessions.
  transports: ['websocket'],
  // 17–22 KiB a connection instead of 253.
  perMessageDeflate: false,
  maxHttpBufferSize: LARGEST_FRAME,
  // A connection that names no namespace is nobody's.
  connectTimeout: 10_000,
  pingInterval: 20_000,
  pingTimeout: 15_000,
  // Other upgrades on this server (Vite's in development) are not ours to end.
  destroyUpgrade: false,
} satisfies Partial<ServerOptions>;

/** `/team` for the inbox, from our own pages only; `/customer` for chats, whose channel decides at connection. */
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
        io.engine.use(holdNoRequest);
      }
    },
    async close() {
      // Without a farewell packet clients take it for a lost connection and come back by themselves, which is right.
      await Promise.all(servers.map((io) => io.close()));
    },
  };
}

/** Programs name no origin and carry their own key; browsers always name the page's. */
function comesFrom(request: IncomingMessage, trustedOrigins: readonly string[]): boolean {
  const { origin } = request.headers;
  return origin === undefined || trustedOrigins.includes(origin);
}

/**
 * Once it is known who is there, the request and its secrets need not stay in memory (SEE-5). Assigned, not deleted: an object
 * that lost a property costs 1.6 KiB more.
 */
export function forgetRequest(socket: TeamSocket | CustomerSocket): void {
  Object.assign(socket.conn, { request: undefined });
  Object.assign(socket.handshake, { headers: NOTHING, auth: NOTHING, query: NOTHING, url: '' });
}

const NOTHING = Object.freeze({});

/** Engine.IO's stand-in for a response lives as long as the connection, and holds the request; only middlewares would ask for it. */
function holdNoRequest(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (!(response instanceof ServerResponse)) Object.assign(response, { req: undefined });
  next();
}

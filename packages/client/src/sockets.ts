import type { CustomerClientEvents, CustomerServerEvents, TeamClientEvents, TeamServerEvents } from '@baton/protocol';
import { io, type Socket } from 'socket.io-client';

export interface SocketOptions {
  /** Origin of the server, without a path. Default: the origin of the page. */
  baseUrl?: string;
  /** An API key or a visitor's token. Default: the session cookie. */
  token?: string;
  /** Bounds of the pause before a reconnection. Default 250 and 3 000. */
  minReconnectMs?: number;
  maxReconnectMs?: number;
}

/** The live connection of a teammate, as a typed Socket.IO socket. */
export function openTeamSocket(options: SocketOptions): Socket<TeamServerEvents, TeamClientEvents> {
  return open('/team', '/socket.io', options);
}

/** The live connection of a web chat visitor, as a typed Socket.IO socket. */
export function openCustomerSocket(options: SocketOptions): Socket<CustomerServerEvents, CustomerClientEvents> {
  return open('/customer', '/chat.io', options);
}

function open(namespace: string, path: string, options: SocketOptions): Socket {
  const { baseUrl = '', token, minReconnectMs = 250, maxReconnectMs = 3_000 } = options;
  return io(`${baseUrl}${namespace}`, {
    path,
    transports: ['websocket'],
    reconnectionDelay: minReconnectMs,
    reconnectionDelayMax: maxReconnectMs,
    // A program may connect as several callers; a page has one connection.
    ...(token === undefined ? {} : { auth: { token }, forceNew: true }),
  });
}

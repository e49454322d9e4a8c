import type { Ack, TeamClientEvents, TeamServerEvents } from '@baton/protocol';
import { openTeamSocket, type SocketOptions } from './sockets.ts';

type BodyOf<Event extends keyof TeamClientEvents> = Parameters<TeamClientEvents[Event]>[0];
type AckOf<Event extends keyof TeamClientEvents> = Parameters<Parameters<TeamClientEvents[Event]>[1]>[0];

/** A live connection of a teammate. It reconnects automatically, unless the server rejects it. */
export interface TeamSocket {
  /** Null if the connection breaks, or after 10 s without an answer. */
  watch(body: BodyOf<'watch'>): Promise<AckOf<'watch'> | null>;
  unwatch(body: BodyOf<'unwatch'>): void;
  typing(body: BodyOf<'typing'>): void;
  idle(body: BodyOf<'idle'>): void;
  /** Connects again after `rejected`. */
  reconnect(): void;
  close(): void;
}

export interface TeamSocketListener extends TeamServerEvents {
  connected(): void;
  disconnected(): void;
  /** The server ended or rejected the connection: the credential may have expired. */
  rejected(): void;
}

const ACK_TIMEOUT_MS = 10_000;

export function connectTeam(listener: TeamSocketListener, options: SocketOptions = {}): TeamSocket {
  const socket = openTeamSocket(options);

  socket.on('connect', () => listener.connected());
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    if (reason === 'io server disconnect') listener.rejected();
  });
  // An inactive socket does not reconnect: the server rejected it.
  socket.on('connect_error', () => {
    if (!socket.active) listener.rejected();
  });
  socket.on('conversation', (conversation) => listener.conversation(conversation));
  socket.on('message', (message) => listener.message(message));
  socket.on('draft', (late) => listener.draft(late));
  socket.on('presence', (presence) => listener.presence(presence));
  socket.on('attendance', (changed) => listener.attendance(changed));
  socket.on('agents', (changed) => listener.agents(changed));
  socket.on('read', (marker) => listener.read(marker));
  socket.on('heads', (heads) => listener.heads(heads));
  socket.on('list', (entries) => listener.list(entries));
  socket.on('clock', (now) => listener.clock(now));

  return {
    watch: (body) =>
      socket
        .timeout(ACK_TIMEOUT_MS)
        .emitWithAck('watch', body)
        .catch(() => null),
    // Without a connection the server has no room to leave and no lease to end, so nothing is kept for later.
    unwatch: (body) => void (socket.connected && socket.emit('unwatch', body, ignoreAck)),
    typing: (body) => void (socket.connected && socket.emit('typing', body, ignoreAck)),
    idle: (body) => void (socket.connected && socket.emit('idle', body, ignoreAck)),
    reconnect: () => void socket.connect(),
    close: () => void socket.disconnect(),
  };
}

/** The server's state comes back as events. */
function ignoreAck(_: Ack): void {}

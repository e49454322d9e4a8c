import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Ack, Conversation, Message, Presence, TeamClientEvents, TeamServerEvents } from '@baton/protocol';

export type Watched = Ack<{ conversation: Conversation; messages: Message[]; presence: Presence }>;

/** The live connection, as the inbox needs it. Requests resolve to null when the connection breaks first. */
export interface TeamSocket {
  watch(conversationId: string, afterSeq: number | undefined): Promise<Watched | null>;
  unwatch(conversationId: string): void;
  typing(conversationId: string, typing: boolean, note: boolean): void;
  /** Reports whether the user is idle. */
  idle(idle: boolean): void;
  /** Connects again after `refused`. */
  reconnect(): void;
  close(): void;
}

export interface TeamSocketListener extends TeamServerEvents {
  connected(): void;
  disconnected(): void;
  /** The server ended or rejected the connection: the session may be over. */
  refused(): void;
}

const ANSWER_WITHIN_MS = 10_000;

/** Socket.IO on our own origin, WebSocket only, with the session's cookie. */
export function connectTeam(listener: TeamSocketListener): TeamSocket {
  const socket: Socket<TeamServerEvents, TeamClientEvents> = io('/team', {
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 250,
    reconnectionDelayMax: 3_000,
  });

  socket.on('connect', () => listener.connected());
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    if (reason === 'io server disconnect') listener.refused();
  });
  // Inactive: a middleware rejected the connection, and Socket.IO will not retry.
  socket.on('connect_error', () => {
    if (!socket.active) listener.refused();
  });
  socket.on('conversation', (conversation) => listener.conversation(conversation));
  socket.on('message', (message) => listener.message(message));
  socket.on('draft', (kept) => listener.draft(kept));
  socket.on('presence', (presence) => listener.presence(presence));
  socket.on('attendance', (changed) => listener.attendance(changed));
  socket.on('agents', (changed) => listener.agents(changed));
  socket.on('read', (marker) => listener.read(marker));
  socket.on('heads', (heads) => listener.heads(heads));
  socket.on('list', (entries) => listener.list(entries));
  socket.on('clock', (now) => listener.clock(now));

  return {
    watch: (conversationId, afterSeq) =>
      socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck('watch', { conversationId, afterSeq })
        .catch(() => null),
    // Without a connection there is no room to leave and no lease to end, so nothing is queued.
    unwatch(conversationId) {
      if (socket.connected) socket.emit('unwatch', { conversationId }, ignore);
    },
    typing(conversationId, typing, note) {
      if (socket.connected) socket.emit('typing', { conversationId, typing, ...(note ? { note } : {}) }, ignore);
    },
    idle(idle) {
      if (socket.connected) socket.emit('idle', { idle }, ignore);
    },
    reconnect: () => void socket.connect(),
    close: () => void socket.disconnect(),
  };
}

function ignore(): void {
  // The state comes back as events; a rejected heartbeat needs no handling.
}

import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Ack, Conversation, Message, Presence, TeamClientEvents, TeamServerEvents } from '@baton/protocol';

export type Watched = Ack<{ conversation: Conversation; messages: Message[]; presence: Presence }>;

/** What the inbox needs of a live connection. Requests resolve to null when the connection broke before the answer. */
export interface TeamSocket {
  watch(conversationId: string, afterSeq: number | undefined): Promise<Watched | null>;
  unwatch(conversationId: string): void;
  typing(conversationId: string, typing: boolean, note: boolean): void;
  /** Nothing has been pressed or pointed at for a while, or something has again. */
  idle(idle: boolean): void;
  /** After `onRefused` or a sign-out by the server: try once more. */
  reconnect(): void;
  close(): void;
}

export interface TeamSocketListener extends TeamServerEvents {
  connected(): void;
  disconnected(): void;
  /** The server ended the connection or would not have it: the session may be over. */
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
  // Inactive means that Socket.IO will not try again by itself: a middleware said no.
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
    // A connection that is not there has no room to leave and no lease to end: nothing is kept for later.
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
  // The server's state comes back as events; a refused heartbeat needs no answer.
}

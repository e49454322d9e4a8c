import type { CustomerClientEvents, CustomerServerEvents } from '@baton/protocol';
import { io, type Socket } from 'socket.io-client';
import type { CustomerSocket, CustomerSocketListener } from '../core/ports.ts';

const ANSWER_WITHIN_MS = 10_000;
const TRY_AGAIN_MS = 3_000;

/** Socket.IO, WebSocket only, with the visitor's token. Comes back by itself until it is closed or refused. */
export function connectCustomer(server: string, token: string, listener: CustomerSocketListener): CustomerSocket {
  const socket: Socket<CustomerServerEvents, CustomerClientEvents> = io(`${server}/customer`, {
    path: '/chat.io',
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    // Two chats on one page are two customers.
    multiplex: false,
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  const tryAgain = (): void => {
    clearTimeout(again);
    again = setTimeout(() => socket.connect(), TRY_AGAIN_MS);
  };

  socket.on('connect', () => listener.connected());
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    if (reason === 'io server disconnect') tryAgain();
  });
  socket.on('connect_error', (error) => {
    // While it is active it tries again by itself.
    if (socket.active) return;
    const code = codeOf(error);
    if (code === 'unauthenticated') listener.refused('ended');
    else if (code === 'bad_origin') listener.refused('missing');
    else tryAgain();
  });
  socket.on('message', (message) => listener.message(message));
  socket.on('typing', (typing) => listener.typing(typing));

  // What is asked without a connection would be kept, and sent when nobody waits for it any more.
  const orNull = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | null> =>
    socket.connected ? ask().catch(() => null) : null;

  return {
    send: (text, clientMessageId) =>
      orNull(() => socket.timeout(ANSWER_WITHIN_MS).emitWithAck('message', { text, clientMessageId })),
    history: (afterSeq) => orNull(() => socket.timeout(ANSWER_WITHIN_MS).emitWithAck('history', { afterSeq })),
    typing(typing) {
      if (socket.connected) socket.emit('typing', { typing }, () => undefined);
    },
    close() {
      clearTimeout(again);
      socket.disconnect();
    },
  };
}

function codeOf(error: Error): unknown {
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined;
  return 'code' in error.data ? error.data.code : undefined;
}

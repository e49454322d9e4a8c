import type { CustomerClientEvents, CustomerServerEvents } from '@baton/protocol';
import { io, type Socket } from 'socket.io-client';
import type { CustomerSocket, CustomerSocketListener } from '../core/ports.ts';

const ACK_TIMEOUT_MS = 10_000;
const RECONNECT_MS = 3_000;

/** Socket.IO over WebSocket with the visitor's token. Reconnects until it is closed or rejected. */
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reconnect = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), RECONNECT_MS);
  };

  socket.on('connect', () => listener.connected());
  socket.on('disconnect', (reason) => {
    listener.disconnected();
    if (reason === 'io server disconnect') reconnect();
  });
  socket.on('connect_error', (error) => {
    // An active socket reconnects by itself.
    if (socket.active) return;
    const code = codeOf(error);
    if (code === 'unauthenticated') listener.rejected('ended');
    else if (code === 'bad_origin') listener.rejected('missing');
    else reconnect();
  });
  socket.on('message', (message) => listener.message(message));
  socket.on('typing', (typing) => listener.typing(typing));

  // Socket.IO would buffer a request without a connection and send it after its caller has given up.
  const orNull = async <Answer>(request: () => Promise<Answer>): Promise<Answer | null> =>
    socket.connected ? request().catch(() => null) : null;

  return {
    send: (text, clientMessageId) =>
      orNull(() => socket.timeout(ACK_TIMEOUT_MS).emitWithAck('message', { text, clientMessageId })),
    history: (afterSeq) => orNull(() => socket.timeout(ACK_TIMEOUT_MS).emitWithAck('history', { afterSeq })),
    typing(typing) {
      if (socket.connected) socket.emit('typing', { typing }, () => undefined);
    },
    close() {
      clearTimeout(timer);
      socket.disconnect();
    },
  };
}

function codeOf(error: Error): unknown {
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined;
  return 'code' in error.data ? error.data.code : undefined;
}

import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Ack, CustomerClientEvents, CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';

/** Answers are null when the connection broke before they came. */
export interface CustomerSocket {
  send(text: string, clientMessageId: string): Promise<Ack<{ message: CustomerViewMessage }> | null>;
  history(afterSeq: number): Promise<Ack<{ messages: CustomerViewMessage[] }> | null>;
  typing(typing: boolean): void;
  close(): void;
}

export interface CustomerSocketListener extends CustomerServerEvents {
  connected(): void;
  disconnected(): void;
  /** The token is not, or no longer, good for a conversation. */
  refused(): void;
}

const ANSWER_WITHIN_MS = 10_000;
const TRY_AGAIN_MS = 3_000;

/** The customer's connection: Socket.IO, WebSocket only, with the visitor's token. */
export function connectCustomer(token: string, listener: CustomerSocketListener): CustomerSocket {
  const socket: Socket<CustomerServerEvents, CustomerClientEvents> = io('/customer', {
    path: '/chat.io',
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
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
    if (socket.active) return;
    if (codeOf(error) === 'unauthenticated') listener.refused();
    else tryAgain();
  });
  socket.on('message', (message) => listener.message(message));
  socket.on('typing', (typing) => listener.typing(typing));

  return {
    send: (text, clientMessageId) =>
      socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck('message', { text, clientMessageId })
        .catch(() => null),
    history: (afterSeq) =>
      socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck('history', { afterSeq })
        .catch(() => null),
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

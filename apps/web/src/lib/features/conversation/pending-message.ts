import type { Message, SendMessage } from '@baton/protocol';

/** What a person has sent and the server has not confirmed. */
export interface PendingMessage {
  clientMessageId: string;
  text: string;
  note: boolean;
}

export function pendingOf({ clientMessageId, text, note }: SendMessage): PendingMessage {
  return { clientMessageId, text, note: note ?? false };
}

/** Without those that have arrived: their own message may come before the answer (SEND-6). */
export function notYetIn(messages: readonly Message[], pending: readonly PendingMessage[]): PendingMessage[] {
  if (pending.length === 0) return [];
  const arrived = new Set(messages.map(({ clientMessageId }) => clientMessageId));
  return pending.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
}

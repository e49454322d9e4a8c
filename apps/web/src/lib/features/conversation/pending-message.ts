import type { Message } from '@baton/protocol';
import type { PendingMessage } from '../composer/composer.svelte.ts';

/** Leaves out messages that arrived over the socket before the answer of the server (SEND-6). */
export function notYetIn(messages: readonly Message[], pending: readonly PendingMessage[]): PendingMessage[] {
  if (pending.length === 0) return [];
  const arrived = new Set(messages.map(({ clientMessageId }) => clientMessageId));
  return pending.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
}

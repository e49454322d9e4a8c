import type { Snapshot } from '@baton/conversation';
import type { Delivery } from '@baton/protocol';
import type { Command } from './commands.ts';
import type { StoredConversation } from '../ports/store.ts';

/** Is it certain that a message of which this is known is not with the customer? */
export function isUndelivered(delivery: Delivery | null | undefined): boolean {
  return delivery === 'queued' || delivery === 'withheld' || delivery === 'failed';
}

/** What a conversation has not learnt yet: the reply that it has in flight did not go out. Null where it may have. */
export function undelivered({ inFlight: delivery }: Pick<StoredConversation, 'inFlight'>, { context }: Snapshot) {
  if (context.inFlight === null || !isUndelivered(delivery)) return null;
  const { turn, messageId } = context.inFlight;
  return { type: 'reply.undelivered', turn, messageId, retry: delivery !== 'failed' } as const;
}

const GONE_OUT = new Set<Delivery | null>(['sent', 'delivered', 'read']);

/**
 * Does this claim take the place of a reply in flight of which nobody here knows that it has gone out? It was before the claimed one
 * in its lane, so what became of it is in the database, and is not learnt any more once another one is in flight (TURN-6).
 */
export function mayForget(
  command: Command,
  { inFlight: delivery }: Pick<StoredConversation, 'inFlight'>,
  { context }: Snapshot,
) {
  if (command.type !== 'claimReply' || context.inFlight === null || GONE_OUT.has(delivery)) return false;
  return context.inFlight.messageId !== command.messageId;
}

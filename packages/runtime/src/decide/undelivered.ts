import type { Snapshot } from '@baton/conversation';
import type { Delivery } from '@baton/protocol';
import type { StoredConversation } from '../ports/store.ts';
import type { Command } from './commands.ts';

/** Is it certain that a message with this delivery has not reached the customer? */
export function isUndelivered(delivery: Delivery | null | undefined): boolean {
  return delivery === 'queued' || delivery === 'withheld' || delivery === 'failed';
}

/** The event by which a conversation learns that its reply in flight was not sent; null if it may have been. */
export function undelivered({ inFlight: delivery }: Pick<StoredConversation, 'inFlight'>, { context }: Snapshot) {
  if (context.inFlight === null || !isUndelivered(delivery)) return null;
  const { turn, messageId } = context.inFlight;
  return { type: 'reply.undelivered', turn, messageId, retry: delivery !== 'failed' } as const;
}

const SENT = new Set<Delivery | null>(['sent', 'delivered', 'read']);

/**
 * Would this claim replace a reply in flight whose outcome is not known here? That reply came first in the lane, so the
 * database has its outcome, which the conversation could no longer learn afterwards (TURN-6).
 */
export function wouldForget(
  command: Command,
  { inFlight: delivery }: Pick<StoredConversation, 'inFlight'>,
  { context }: Snapshot,
): boolean {
  if (command.type !== 'claimReply' || context.inFlight === null || SENT.has(delivery)) return false;
  return context.inFlight.messageId !== command.messageId;
}

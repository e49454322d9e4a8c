import type { Snapshot } from '@baton/conversation';
import type { Delivery } from '@baton/protocol';
import type { StoredConversation } from './store.ts';

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

import type { Snapshot } from '@baton/conversation';
import type { StoredConversation } from './store.ts';

/** What a conversation has not learnt yet: the reply that it has in flight did not go out. Null where it may have. */
export function undelivered({ inFlight: delivery }: Pick<StoredConversation, 'inFlight'>, { context }: Snapshot) {
  if (context.inFlight === null) return null;
  const { turn, messageId } = context.inFlight;
  switch (delivery) {
    case 'queued':
    case 'withheld':
      return { type: 'reply.undelivered', turn, messageId, retry: true } as const;
    case 'failed':
      return { type: 'reply.undelivered', turn, messageId, retry: false } as const;
    case 'sending':
    case 'sent':
    case 'delivered':
    case 'read':
    case 'uncertain':
    case null:
      return null;
  }
}

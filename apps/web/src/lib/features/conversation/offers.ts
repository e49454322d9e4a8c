import { type Conversation, type Draft, type Message, sendAnywayId } from '@baton/protocol';

export type Offer = 'sendAnyway' | 'retry';

/**
 * The action offered for an undelivered or unconfirmed message: send an agent's text anyway (SEND-3), or retry a
 * teammate's. Null while the server retries (SEND-4), and once a teammate has done so.
 */
export function offerFor(message: Message, messages: readonly Message[]): Offer | null {
  const { id, author, note, delivery, retrying } = message;
  const isStranded = delivery === 'withheld' || delivery === 'failed' || (delivery === 'uncertain' && !retrying);
  if (!isStranded || note || messages.some(({ clientMessageId }) => clientMessageId === sendAnywayId(id))) return null;
  if (author.kind === 'agent') return 'sendAnyway';
  if (author.kind !== 'teammate') return null;
  return delivery === 'uncertain' ? 'sendAnyway' : 'retry';
}

/** TURN-4: a late reply is offered while people hold and nobody has written to the customer since. */
export function mayOfferDraft(conversation: Conversation, messages: readonly Message[], draft: Draft): boolean {
  if (conversation.state === 'agentActive' || conversation.status === 'closed') return false;
  return !messages.some(({ author, note, createdAt }) => author.kind !== 'customer' && !note && createdAt > draft.at);
}

import type { Conversation, Draft, Message } from '@baton/protocol';

const DEAD_ENDS = new Set(['withheld', 'failed', 'uncertain']);

/** SEND-3: an agent message that did not (surely) reach the customer may be sent by a person instead. */
export function maySendAnyway({ author, note, delivery }: Message): boolean {
  return author.kind === 'agent' && !note && delivery !== null && DEAD_ENDS.has(delivery);
}

/** TURN-4: a late reply is worth offering while people hold and nobody has written to the customer since. */
export function mayOfferDraft(conversation: Conversation, messages: readonly Message[], draft: Draft): boolean {
  if (conversation.state === 'agentActive' || conversation.status === 'closed') return false;
  return !messages.some(({ author, note, createdAt }) => author.kind !== 'customer' && !note && createdAt > draft.at);
}

import type { Message } from '@baton/protocol';

const DEAD_ENDS = new Set(['withheld', 'failed', 'uncertain']);

/** SEND-3: an agent message that did not (surely) reach the customer may be sent by a person instead. */
export function maySendAnyway({ author, note, delivery }: Message): boolean {
  return author.kind === 'agent' && !note && delivery !== null && DEAD_ENDS.has(delivery);
}

import type { CustomerViewMessage, Message } from '@baton/protocol';

/**
 * A message as its customer sees it, live and in the history. Null for a note, a draft, and every message that has not
 * gone out (queued, sending, withheld, failed, uncertain).
 */
export function customerView(message: Message): CustomerViewMessage | null {
  if (message.note || !hasGoneOut(message)) return null;
  const { id, seq, author, text, createdAt, clientMessageId } = message;
  return {
    id,
    seq,
    from: { kind: author.kind, name: author.name },
    text,
    createdAt,
    // A teammate's client id is of no use to the customer.
    clientMessageId: author.kind === 'customer' ? clientMessageId : null,
  };
}

function hasGoneOut({ author, delivery }: Message): boolean {
  switch (author.kind) {
    // Nothing to send: the customer wrote it, or already has it from another device of the business.
    case 'customer':
    case 'external':
      return true;
    case 'teammate':
    case 'agent':
    case 'system':
      return delivery === 'sent' || delivery === 'delivered' || delivery === 'read';
  }
}

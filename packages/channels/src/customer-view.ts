import type { CustomerViewMessage, Message } from '@baton/protocol';

/**
 * What a customer sees of a message, live and in the history; null where it is none of theirs: a note, a draft, or
 * anything that has not gone out (queued, sending, withheld, failed, uncertain).
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
    // A teammate's client id is between the inbox and the server.
    clientMessageId: author.kind === 'customer' ? clientMessageId : null,
  };
}

function hasGoneOut({ author, delivery }: Message): boolean {
  switch (author.kind) {
    // Their own, and what a person of the business wrote to them on another device.
    case 'customer':
    case 'external':
      return true;
    case 'teammate':
    case 'agent':
    case 'system':
      return delivery === 'sent' || delivery === 'delivered' || delivery === 'read';
  }
}

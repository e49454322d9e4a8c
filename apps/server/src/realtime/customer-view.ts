import type { CustomerViewMessage, Message } from '@baton/protocol';

/** What a customer sees of a message; null where it is none of theirs: a note, or not (yet) sent. */
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
  // Their own, and what a person of the business wrote to them on another device.
  if (author.kind === 'customer' || author.kind === 'external') return true;
  return delivery === 'sent' || delivery === 'delivered' || delivery === 'read';
}

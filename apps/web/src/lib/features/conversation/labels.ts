import type { Delivery, Message } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const DELIVERIES: Readonly<Record<Delivery, () => string>> = {
  queued: m.delivery_queued,
  sending: m.delivery_sending,
  sent: m.delivery_sent,
  delivered: m.delivery_delivered,
  read: m.delivery_read,
  failed: m.delivery_failed,
  withheld: m.delivery_withheld,
  uncertain: m.delivery_uncertain,
};

export function deliveryLabel(delivery: Delivery): string {
  return DELIVERIES[delivery]();
}

export function authorLabel({ author: { kind, id, name } }: Message, meId: string): string {
  if (id === meId && kind === 'teammate') return m.conversation_you();
  switch (kind) {
    case 'agent':
      return name === '' ? m.conversation_author_agent() : m.conversation_author_named_agent({ name });
    case 'external':
      // The server's name for this author is an English placeholder.
      return m.conversation_author_external();
    case 'system':
      return m.account_product();
    case 'teammate':
    case 'customer':
      return name;
  }
}

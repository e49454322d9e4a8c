import { delivery, origin, type Delivery, type Message, type Origin } from '@baton/protocol';
import { describe, expect, it } from 'vitest';
import { customerView } from '../src/customer-view.ts';

const MESSAGE: Message = {
  id: '0199aaaa-0000-7000-8000-000000000007',
  conversationId: '0199aaaa-0000-7000-8000-000000000001',
  seq: 4,
  author: { kind: 'teammate', id: 'ann-id', name: 'Ann' },
  note: false,
  text: 'Hello',
  createdAt: '2026-01-01T00:00:00.000Z',
  revision: 9,
  delivery: 'sent',
  retrying: false,
  clientMessageId: 'from-the-inbox',
};
const by = (kind: Origin, state: Delivery | null, more: Partial<Message> = {}): Message => ({
  ...MESSAGE,
  author: { ...MESSAGE.author, kind },
  delivery: state,
  ...more,
});

describe('the customer’s view of a message', () => {
  it('has text, time and name, and no internal fields', () => {
    expect(customerView(MESSAGE)).toEqual({
      id: MESSAGE.id,
      seq: 4,
      from: { kind: 'teammate', name: 'Ann' },
      text: 'Hello',
      createdAt: MESSAGE.createdAt,
      clientMessageId: null,
    });
  });

  it('has the client id on the customer’s own messages', () => {
    expect(customerView(by('customer', null))).toMatchObject({ clientMessageId: 'from-the-inbox' });
  });

  it.each(origin.options)('hides a note by %s', (kind) => {
    for (const state of [...delivery.options, null]) {
      expect(customerView(by(kind, state, { note: true }))).toBeNull();
    }
  });

  it.each(['teammate', 'agent', 'system'] as const)('shows a message by %s only once it has gone out', (kind) => {
    const seen = [...delivery.options, null].filter((state) => customerView(by(kind, state)) !== null);
    expect(seen).toEqual(['sent', 'delivered', 'read']);
  });

  it('[HOLD-16] shows messages from another device of the business', () => {
    expect(customerView(by('external', null))).toMatchObject({ from: { kind: 'external' } });
  });
});

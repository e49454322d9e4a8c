import { delivery, type Delivery, type Message, type Origin } from '@baton/protocol';
import { expect, test } from 'vitest';
import { customerView } from '../../src/realtime/customer-view.ts';

const message = (kind: Origin, state: Delivery | null, note = false): Message => ({
  id: 'm',
  conversationId: 'c',
  seq: 1,
  author: { kind, id: 'someone', name: 'Someone' },
  note,
  text: 'hello',
  createdAt: '2026-01-01T00:00:00.000Z',
  revision: 1,
  delivery: state,
  clientMessageId: 'client',
});

test.each(delivery.options)('what the agent or a teammate wrote is shown once it has gone out: %s', (state) => {
  const shown = ['sent', 'delivered', 'read'].includes(state);
  expect(customerView(message('agent', state)) !== null).toBe(shown);
  expect(customerView(message('teammate', state)) !== null).toBe(shown);
});

test('their own messages and what came from another device of the business are theirs to see', () => {
  expect(customerView(message('customer', null))).toMatchObject({ clientMessageId: 'client' });
  expect(customerView(message('external', null))).toMatchObject({ clientMessageId: null, from: { kind: 'external' } });
});

test('a note is never shown, whatever its delivery says', () => {
  for (const state of [null, ...delivery.options]) expect(customerView(message('teammate', state, true))).toBeNull();
});

test('ids of the team stay with the team', () => {
  expect(JSON.stringify(customerView(message('teammate', 'sent')))).not.toContain('someone');
});

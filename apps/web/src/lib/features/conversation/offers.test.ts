import { type Delivery, sendAnywayId } from '@baton/protocol';
import { expect, test } from 'vitest';
import { conversationOf, messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { mayOfferDraft, offerFor } from './offers.ts';

const agent = { kind: 'agent' as const, id: 'a', name: 'Robin' };
const teammate = { kind: 'teammate' as const, id: 't', name: 'Ana' };

test('[SEND-3] offers to send an agent’s message anyway and to retry a teammate’s', () => {
  const offer = (author: typeof agent | typeof teammate, delivery: Delivery) =>
    offerFor(messageOf({ seq: 1, author, delivery }), []);
  for (const delivery of ['withheld', 'failed', 'uncertain'] as const)
    expect(offer(agent, delivery)).toBe('sendAnyway');
  expect(offer(teammate, 'failed')).toBe('retry');
  for (const delivery of ['queued', 'sending', 'sent', 'delivered', 'read'] as const) {
    expect([offer(agent, delivery), offer(teammate, delivery)]).toEqual([null, null]);
  }
});

test('[SEND-4] offers an uncertain message only where nothing retries automatically', () => {
  const offer = (author: typeof agent | typeof teammate, retrying: boolean) =>
    offerFor(messageOf({ seq: 1, author, delivery: 'uncertain', retrying }), []);
  expect([offer(teammate, false), offer(agent, false)]).toEqual(['sendAnyway', 'sendAnyway']);
  expect([offer(teammate, true), offer(agent, true)]).toEqual([null, null]);
});

test('[SEND-6] does not offer a message that was sent in its place', () => {
  const failed = messageOf({ seq: 1, author: teammate, delivery: 'failed' });
  const again = messageOf({ seq: 2, author: teammate, clientMessageId: sendAnywayId(failed.id), delivery: 'failed' });
  const thread = [failed, again];
  expect(thread.map((message) => offerFor(message, thread))).toEqual([null, 'retry']);
});

test('[TURN-4] offers a late reply while people hold, until someone has written', () => {
  const draft = { turn: 1, text: 'late', at: '2026-01-01T12:00:00.000Z' };
  const held = conversationOf({ state: 'humanActive' });
  const at = (seq: number, author: typeof teammate, note = false) =>
    messageOf({ seq, author, note, createdAt: '2026-01-01T12:00:05.000Z' });
  expect(mayOfferDraft(held, [messageOf({ seq: 1, createdAt: '2026-01-01T12:00:05.000Z' })], draft)).toBe(true);
  expect(mayOfferDraft(held, [at(1, teammate, true)], draft)).toBe(true);
  expect(mayOfferDraft(held, [at(1, teammate)], draft)).toBe(false);
  expect(mayOfferDraft(conversationOf({ state: 'agentActive' }), [], draft)).toBe(false);
});

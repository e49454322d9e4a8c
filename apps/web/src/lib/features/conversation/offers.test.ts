import { expect, test } from 'vitest';
import { conversationOf, messageOf } from '../../realtime/testing/conversation-history.ts';
import { maySendAnyway, mayOfferDraft } from './offers.ts';

const agent = { kind: 'agent' as const, id: 'a', name: 'Robin' };
const teammate = { kind: 'teammate' as const, id: 't', name: 'Ana' };

test('[SEND-3] what of the agent did not surely arrive may be sent anyway, and nothing else', () => {
  for (const delivery of ['withheld', 'failed', 'uncertain'] as const) {
    expect(maySendAnyway(messageOf({ seq: 1, author: agent, delivery }))).toBe(true);
    expect(maySendAnyway(messageOf({ seq: 1, author: teammate, delivery }))).toBe(false);
  }
  for (const delivery of ['queued', 'sending', 'sent', 'delivered', 'read'] as const)
    expect(maySendAnyway(messageOf({ seq: 1, author: agent, delivery }))).toBe(false);
});

test('[TURN-4] a late reply is offered as a draft while people hold, until someone has written', () => {
  const draft = { turn: 1, text: 'late', at: '2026-01-01T12:00:00.000Z' };
  const held = conversationOf({ state: 'humanActive' });
  const at = (seq: number, author: typeof teammate, note = false) =>
    messageOf({ seq, author, note, createdAt: '2026-01-01T12:00:05.000Z' });
  expect(mayOfferDraft(held, [messageOf({ seq: 1, createdAt: '2026-01-01T12:00:05.000Z' })], draft)).toBe(true);
  expect(mayOfferDraft(held, [at(1, teammate, true)], draft)).toBe(true);
  expect(mayOfferDraft(held, [at(1, teammate)], draft)).toBe(false);
  expect(mayOfferDraft(conversationOf({ state: 'agentActive' }), [], draft)).toBe(false);
});

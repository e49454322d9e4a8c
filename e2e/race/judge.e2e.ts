import type { Message, OutgoingMessage, Transition } from '@baton/protocol';
import { expect, test } from 'vitest';
import { judge, type Evidence } from './judge.ts';

const at = '2026-01-01T00:00:00.000Z';
const agent = { kind: 'agent', id: 'agent', name: 'Robin' } as const;

const transition = (
  version: number,
  type: string,
  from: Transition['from'],
  to: Transition['to'],
  more = {},
): Transition => ({
  version,
  event: { type, ...more },
  from,
  to,
  by: agent,
  at,
});

const message = (seq: number, kind: 'customer' | 'agent', delivery: Message['delivery']): Message => ({
  id: `m${seq}`,
  conversationId: 'c',
  seq,
  author: { kind, id: kind, name: kind },
  note: false,
  text: 'text',
  createdAt: at,
  revision: seq,
  delivery,
  clientMessageId: null,
});

const outgoing = (seq: number): OutgoingMessage => ({
  messageId: `m${seq}`,
  conversationId: 'c',
  seq,
  author: { kind: 'agent' },
  text: 'text',
});

/** One question and its answer, as it should be. */
function fair(): Evidence {
  return {
    conversationId: 'c',
    transitions: [
      transition(1, 'customer.message', 'agentActive', 'agentActive'),
      transition(2, 'reply.ready', 'agentActive', 'agentActive', { turn: 1, messageId: 'm2' }),
      transition(3, 'reply.claimed', 'agentActive', 'agentActive', { turn: 1, messageId: 'm2' }),
    ],
    messages: [message(1, 'customer', null), message(2, 'agent', 'sent')],
    received: [outgoing(2)],
    acknowledged: ['m1'],
  };
}

test('the judge of the race finds nothing in a fair one', () => {
  expect(judge(fair()).violations).toEqual([]);
});

test.for<[rule: string, cheat: (evidence: Evidence) => void]>([
  [
    '[HOLD-2] claim',
    (it) => (it.transitions[2] = transition(3, 'reply.claimed', 'humanActive', 'humanActive', { messageId: 'm2' })),
  ],
  [
    '[HOLD-2] reply',
    (it) => (it.transitions[1] = transition(2, 'reply.ready', 'agentDisabled', 'agentActive', { turn: 1 })),
  ],
  ['[SEND-3]', (it) => it.transitions.pop()],
  ['[TIME-2] version', (it) => it.transitions.shift()],
  ['[TIME-2] acknowledged', (it) => it.acknowledged.push('m9')],
  ['[TIME-3] seq', (it) => it.messages.shift()],
  ['[SEND-2] message 2 arrived twice', (it) => it.received.push(outgoing(2))],
  ['[SEND-2] message 2 arrived and is withheld', (it) => (it.messages[1] = message(2, 'agent', 'withheld'))],
  ['[SEND-2] message 2 by agent (sent) never arrived', (it) => it.received.pop()],
  ['[SEND-5]', (it) => it.received.unshift(outgoing(3))],
  ['[TURN-4]', (it) => it.transitions.push(transition(4, 'reply.ready', 'agentActive', 'agentActive', { turn: 1 }))],
])('the judge of the race can fail: %s', ([violation, cheat]) => {
  const evidence = fair();
  cheat(evidence);
  expect(judge(evidence).violations.some((found) => found.includes(violation))).toBe(true);
});

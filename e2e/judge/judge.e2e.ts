import { type ConversationEvent, initialSnapshot, NO_RULES, stateOf, step, SYSTEM } from '@baton/conversation';
import type { Cause, Message } from '@baton/protocol';
import { expect, test } from 'vitest';
import type { Arrival, Evidence, StoredTransition } from './evidence.ts';
import { judge } from './judge.ts';

const AGENT: Cause = { kind: 'agent', id: 'agent', name: 'Robin' };
const CUSTOMER: Cause = { kind: 'customer', id: 'customer', name: 'Cleo' };
const ADA = { id: 'ada', name: 'Ada' };
const RULES = { ...NO_RULES, version: 1, replyDelaySeconds: 0 };
const CIRCUMSTANCES = { agentId: 'agent', rules: RULES, mayRepeat: false };

const message = (seq: number, kind: 'customer' | 'agent', delivery: Message['delivery']): Message => ({
  id: `m${seq}`,
  conversationId: 'c',
  seq,
  author: { kind, id: kind, name: kind },
  note: false,
  text: 'text',
  createdAt: '2026-01-01T00:00:00.000Z',
  revision: seq,
  delivery,
  retrying: false,
  clientMessageId: kind === 'customer' ? `client-${seq}` : null,
});

const outgoing = (seq: number, at = 4): Arrival => ({
  at,
  messageId: `m${seq}`,
  conversationId: 'c',
  seq,
  author: { kind: 'agent' },
  text: 'text',
});

const question: ConversationEvent = { type: 'customer.message', at: 1, by: CUSTOMER, messageId: 'm1' };
const silence: ConversationEvent = { type: 'deadline.passed', at: 2, by: SYSTEM, renewed: {} };
const answer: ConversationEvent = { type: 'reply.ready', at: 3, by: AGENT, turn: 1, messageId: 'm2' };
const claim: ConversationEvent = { type: 'reply.claimed', at: 4, by: AGENT, turn: 1, messageId: 'm2' };
const typing: ConversationEvent = {
  type: 'human.typing',
  at: 3,
  by: { kind: 'teammate', ...ADA },
  leaseId: 'lease',
  teammate: ADA,
  expiresAt: 8_003,
};

function evidenceOf(events: ConversationEvent[], messages: Message[], received: Arrival[]): Evidence {
  const transitions: StoredTransition[] = [];
  let snapshot = initialSnapshot({ agentId: 'agent', rules: RULES });
  for (const event of events) {
    const { after } = step(snapshot, event);
    const version = transitions.length + 1;
    transitions.push({
      version,
      event,
      from: stateOf(snapshot.value),
      to: stateOf(after.value),
      fromLeaf: snapshot.value,
      toLeaf: after.value,
      by: event.by,
    });
    snapshot = after;
  }
  return { conversationId: 'c', snapshot, transitions, messages, received, acknowledged: ['m1', 'client-1'] };
}

/** A correct conversation: one question and its answer. */
const fair = () =>
  evidenceOf(
    [question, silence, answer, claim],
    [message(1, 'customer', null), message(2, 'agent', 'sent')],
    [outgoing(2)],
  );

test('finds no violation in a correct conversation', () => {
  expect(judge(fair(), CIRCUMSTANCES)).toMatchObject({ violations: [], claims: 1, contested: 0 });
});

test('counts a takeover as contested only while a reply is in progress', () => {
  const contested = evidenceOf([question, silence, typing], [message(1, 'customer', null)], []);
  expect(judge(contested, CIRCUMSTANCES)).toMatchObject({ violations: [], contested: 1 });
  const early = evidenceOf([question, typing], [message(1, 'customer', null)], []);
  expect(judge(early, CIRCUMSTANCES)).toMatchObject({ violations: [], contested: 0 });
});

test('tells the phase of the reply when a person acted', () => {
  const late: ConversationEvent = { ...typing, at: 6 };
  const phasesOf = (events: ConversationEvent[], received: Arrival[] = []) =>
    judge(evidenceOf(events, [], received), CIRCUMSTANCES).contests;
  expect(phasesOf([question, typing])).toEqual([{ act: 'typing', phase: null }]);
  expect(phasesOf([question, silence, late])).toEqual([{ act: 'typing', phase: 'being made' }]);
  expect(phasesOf([question, silence, answer, late])).toEqual([{ act: 'typing', phase: 'committed' }]);
  const spoken = [question, silence, answer, claim, late];
  expect(phasesOf(spoken)).toEqual([{ act: 'typing', phase: 'claimed' }]);
  expect(phasesOf(spoken, [outgoing(2, 7)])).toEqual([{ act: 'typing', phase: 'claimed' }]);
  expect(phasesOf(spoken, [outgoing(2, 5)])).toEqual([{ act: 'typing', phase: 'sent' }]);
});

test.for<[rule: string, cheat: (evidence: Evidence) => void]>([
  ['[HOLD-2] claim', (it) => Object.assign(it, claimedTooLate())],
  ['[HOLD-2] reply', (it) => Object.assign(it, readyTooLate())],
  ['[SEND-3]', (it) => it.transitions.pop()],
  ['[TIME-2] version', (it) => it.transitions.shift()],
  ['[TIME-2] acknowledged', (it) => it.acknowledged.push('m9')],
  ['[TIME-3] seq', (it) => it.messages.shift()],
  ['[TIME-3] the history replays to another snapshot', (it) => it.transitions.pop()],
  ['[TIME-3] version 4 says', (it) => (it.transitions[3]!.to = 'humanActive')],
  ['[TIME-3] version 4 says', (it) => (it.transitions[3]!.toLeaf = 'agentActive.gathering')],
  ['[SEND-2] message 2 arrived twice', (it) => it.received.push(outgoing(2))],
  ['[SEND-2] message 2 arrived and is withheld', (it) => (it.messages[1]!.delivery = 'withheld')],
  ['[SEND-2] message 2 arrived with another text', (it) => (it.messages[1]!.text = 'another')],
  ['[SEND-2] message 2 by agent (sent) never arrived', (it) => it.received.pop()],
  ['[SEND-5]', (it) => it.received.unshift(outgoing(3))],
  ['[SEND-6]', (it) => it.messages.push({ ...message(3, 'customer', null), clientMessageId: 'client-1' })],
  ['[TURN-4]', (it) => it.transitions.push({ ...it.transitions[2]!, version: 5 })],
])('reports a violation of %s', ([violation, cheat]) => {
  const evidence = fair();
  cheat(evidence);
  expect(judge(evidence, CIRCUMSTANCES).violations.join('\n')).toContain(violation);
});

test('[SEND-4] accepts a repeated delivery under the same id after a fault', () => {
  const evidence = fair();
  evidence.received.push(outgoing(2));
  expect(judge(evidence, { ...CIRCUMSTANCES, mayRepeat: true })).toMatchObject({ violations: [], repeated: 1 });
});

/** Histories that no runtime would commit: a reply is claimed, or made, after a person typed. */
function claimedTooLate(): Partial<Evidence> {
  return evidenceOf([question, silence, answer, typing, claim], [], []);
}

function readyTooLate(): Partial<Evidence> {
  return evidenceOf([question, silence, typing, answer], [], []);
}

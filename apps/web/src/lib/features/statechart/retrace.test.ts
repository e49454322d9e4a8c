import type { ConversationState } from '@baton/protocol';
import { expect, test } from 'vitest';
import type { StateId } from './chart.ts';
import { lastMove } from './retrace.ts';

const steps = (...told: [event: string, from: ConversationState, to: ConversationState][]) =>
  told.map(([type, from, to]) => ({ event: { type }, from, to }));
const agent = 'agentActive' as const;

const lastWay = (told: ReturnType<typeof steps>, now: StateId) => lastMove(told, now)?.way ?? null;

const answered = steps(
  ['customer.message', agent, agent],
  ['deadline.passed', agent, agent],
  ['reply.ready', agent, agent],
  ['reply.claimed', agent, agent],
);

test('a handover is the way between its two states', () => {
  expect(lastWay(steps(['human.typing', agent, 'humanActive']), 'humanActive')).toBe('agentActive -> humanActive');
});

test('inside the agent, the walk is told by the events and by where it ends', () => {
  expect(lastWay(answered.slice(0, 1), 'agentActive.gathering')).toBe('agentActive.idle -> agentActive.gathering');
  expect(lastWay(answered.slice(0, 2), 'agentActive.replying')).toBe('agentActive.gathering -> agentActive.replying');
  expect(lastWay(answered.slice(0, 3), 'agentActive.sending')).toBe('agentActive.replying -> agentActive.sending');
  expect(lastWay(answered, 'agentActive.idle')).toBe('agentActive.sending -> agentActive.idle');
});

test('a message during a reply begins to gather again', () => {
  const interrupted = [...answered.slice(0, 2), ...steps(['customer.message', agent, agent])];
  expect(lastWay(interrupted, 'agentActive.gathering')).toBe('agentActive.replying -> agentActive.gathering');
});

test('what led nowhere is passed over', () => {
  const noted = [...answered, ...steps(['message.recorded', agent, agent])];
  expect(lastMove(noted, 'agentActive.idle')).toEqual({
    transition: answered.at(-1),
    way: 'agentActive.sending -> agentActive.idle',
  });
  expect(lastWay(steps(['customer.message', 'agentDisabled', 'agentDisabled']), 'agentDisabled')).toBeNull();
  expect(lastWay([], 'agentActive.idle')).toBeNull();
});

test('a long history, a cut-off one, and an event of a later version are no harm', () => {
  const long = Array.from({ length: 3_000 }, () => answered).flat();
  expect(lastWay(long, 'agentActive.idle')).toBe('agentActive.sending -> agentActive.idle');
  expect(lastWay(answered.slice(-1), 'agentActive.idle')).toBe('agentActive.sending -> agentActive.idle');
  expect(lastWay(steps(['agent.sang', agent, agent]), 'agentActive.idle')).toBeNull();
});

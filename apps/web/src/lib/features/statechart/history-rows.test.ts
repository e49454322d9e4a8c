import { EVENT_TYPES } from '@baton/conversation';
import type { Transition } from '@baton/protocol';
import { expect, test } from 'vitest';
import { eventText, spokenEvents } from './event-words.ts';
import { historyRows } from './history-rows.ts';

let version = 0;
const system = { kind: 'system', id: null, name: null } as const;
const step = (type: string, to: Transition['to'] = 'agentActive', more: Partial<Transition> = {}): Transition => ({
  version: ++version,
  event: { type },
  from: 'agentActive',
  to,
  by: system,
  at: '2026-01-01T12:00:00.000Z',
  ...more,
});

test('the newest comes first, and deadlines that changed nothing share a line', () => {
  const rows = historyRows([
    step('customer.message'),
    step('deadline.passed'),
    step('deadline.passed'),
    step('deadline.passed'),
    step('reply.ready'),
  ]);
  expect(rows.map(({ transition, count }) => [transition.event.type, count])).toEqual([
    ['reply.ready', 1],
    ['deadline.passed', 3],
    ['customer.message', 1],
  ]);
});

test('what changes who holds, or was said, keeps a line of its own', () => {
  const failed = () => step('reply.failed', 'agentActive', { event: { type: 'reply.failed', error: 'no answer' } });
  expect(historyRows([step('human.typing'), step('human.typing', 'humanActive')])).toHaveLength(2);
  expect(historyRows([failed(), failed()])).toHaveLength(2);
});

test('two customers’ or teammates’ doings are not put together', () => {
  const by = (id: string) => step('human.message', 'agentActive', { by: { kind: 'teammate', id, name: id } });
  expect(historyRows([by('ada'), by('ben'), by('ben')])).toHaveLength(2);
});

test('every event of the machine is told in words', () => {
  expect(spokenEvents.toSorted()).toEqual([...EVENT_TYPES].toSorted());
  for (const type of EVENT_TYPES) expect(eventText(step(type))).not.toBe(type);
  expect(eventText(step('agent.sang'))).toBe('agent.sang');
});

test('a deadline is told by what ended', () => {
  const ended = (from: Transition['from']) => eventText({ ...step('deadline.passed'), from, to: 'agentActive' });
  const texts = (['agentActive', 'humanActive', 'humanPriorityWindow'] as const).map(ended);
  expect(new Set(texts).size).toBe(3);
});

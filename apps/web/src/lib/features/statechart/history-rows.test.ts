import { EVENT_TYPES } from '@baton/conversation';
import type { Transition } from '@baton/protocol';
import { expect, test } from 'vitest';
import { eventText, labelledEvents } from './event-labels.ts';
import { historyRows } from './history-rows.ts';

let version = 0;
const system = { kind: 'system', id: null, name: null } as const;
const step = (type: string, to: Transition['to'] = 'agentActive', more: Partial<Transition> = {}): Transition => ({
  version: ++version,
  event: { type },
  from: 'agentActive',
  to,
  fromLeaf: null,
  toLeaf: null,
  by: system,
  at: '2026-01-01T12:00:00.000Z',
  ...more,
});

test('lists the newest first, and joins deadlines that changed nothing', () => {
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

test('gives handovers and texts a line of their own', () => {
  const failed = () => step('reply.failed', 'agentActive', { event: { type: 'reply.failed', error: 'no answer' } });
  expect(historyRows([step('human.typing'), step('human.typing', 'humanActive')])).toHaveLength(2);
  expect(historyRows([failed(), failed()])).toHaveLength(2);
});

test('keeps acts of different people apart', () => {
  const by = (id: string) => step('human.message', 'agentActive', { by: { kind: 'teammate', id, name: id } });
  expect(historyRows([by('ada'), by('ben'), by('ben')])).toHaveLength(2);
});

test('has a label for every event of the machine', () => {
  expect(labelledEvents.toSorted()).toEqual([...EVENT_TYPES].toSorted());
  for (const type of EVENT_TYPES) expect(eventText(step(type))).not.toBe(type);
  expect(eventText(step('agent.sang'))).toBe('agent.sang');
});

test('says which deadline ended', () => {
  const ended = (from: Transition['from']) => eventText({ ...step('deadline.passed'), from, to: 'agentActive' });
  const texts = (['agentActive', 'humanActive', 'humanPriorityWindow'] as const).map(ended);
  expect(new Set(texts).size).toBe(3);
});

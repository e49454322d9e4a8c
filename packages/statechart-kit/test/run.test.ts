import { describe, expect, test } from 'vitest';
import { setup, raise } from 'xstate';
import { drive, driveMachine } from '../src/index.ts';
import { ticketMachine } from './ticket.ts';

interface Lamp {
  value: 'on' | 'off';
  offAt: number | null;
}

/** A lamp that goes out 5 s after each press, and keeps its deadline as a fact. */
function lamp() {
  return drive<Lamp, { type: 'press' | 'due' }>({
    snapshot: { value: 'off', offAt: null },
    step: (_, event, now) => [
      { event, after: event.type === 'press' ? { value: 'on', offAt: now + 5000 } : { value: 'off', offAt: null } },
    ],
    nextDeadline: ({ offAt }) => offAt,
    deadlineEvent: () => ({ type: 'due' }),
  });
}

describe('a run under virtual time', () => {
  test('fires each deadline when it is due', () => {
    const run = lamp().send({ type: 'press' }).wait(3000).send({ type: 'press' });
    expect(run.wait(4999).snapshot.value).toBe('on');
    expect(run.wait(1).snapshot.value).toBe('off');
    expect(run.path.map(({ at, event, to }) => [at, event, ...to])).toEqual([
      [0, 'press', 'on'],
      [3000, 'press', 'on'],
      [8000, 'due', 'off'],
    ]);
  });

  test('lets a deadline be late while nobody looks', () => {
    const run = lamp().send({ type: 'press' }).sleep(60_000);
    expect(run.snapshot.value).toBe('on');
    expect(run.wait(0).path.at(-1)).toMatchObject({ at: 60_000, event: 'due' });
  });

  test('looks ahead on a fork and stays where it is', () => {
    const seen: string[] = [];
    const run = drive({ ...lamp().chart, onStep: ({ event }) => seen.push(event?.type ?? '') }).send({ type: 'press' });
    const ahead = run.fork();
    expect(ahead.waitUntil(() => ahead.snapshot.value === 'off', 4999)).toBe(false);
    expect(ahead.waitUntil(() => ahead.snapshot.value === 'off', 1)).toBe(true);
    expect(ahead.now).toBe(5000);
    expect(run).toMatchObject({ now: 0, states: ['on'] });
    expect(seen).toEqual(['press']);
  });

  test('refuses a deadline that is due again each time it is worked off', () => {
    const stuck = drive({
      ...lamp().chart,
      snapshot: { value: 'on', offAt: 10 },
      step: (after, event) => [{ event, after }],
    });
    expect(() => stuck.wait(10)).toThrow('the deadline at 10 ms is due again each time it is worked off, in on');
  });
});

describe('a machine under virtual time', () => {
  test('follows `after`, re-entry and `always`, each step on its path', () => {
    const run = driveMachine(ticketMachine)
      .send({ type: 'answer' })
      .wait(3_600_000 + 86_400_000);
    expect(run.path.map(({ at, event, to }) => [at, event, ...to])).toEqual([
      [0, 'answer', 'waiting'],
      [3_600_000, 'xstate.after.3600000.ticket.waiting', 'reminded'],
      [90_000_000, 'xstate.after.86400000.ticket.reminded', 'reminded'],
      [90_000_000, null, 'closed'],
    ]);
    expect(run.snapshot.context.reminders).toBe(2);
    expect(run.wait(1e12).path).toHaveLength(4);
  });

  test('drops the timer of a state that is left, and a fork keeps its own', () => {
    const run = driveMachine(ticketMachine).send({ type: 'answer' }).wait(3_000_000);
    const ahead = run.fork().wait(600_000);
    expect(ahead.states).toEqual(['reminded']);
    expect(run.send({ type: 'reply' }).wait(1e9).states).toEqual(['open.new']);
  });

  test('replaces a delayed event that is raised again under its id', () => {
    const knocking = setup({ types: { events: {} as { type: 'knock' } | { type: 'opened' } } }).createMachine({
      initial: 'shut',
      states: {
        shut: { on: { knock: { actions: raise({ type: 'opened' }, { delay: 1000, id: 'door' }) }, opened: 'open' } },
        open: {},
      },
    });
    const run = driveMachine(knocking).send({ type: 'knock' }).wait(900).send({ type: 'knock' });
    expect(run.wait(999).states).toEqual(['shut']);
    expect(run.wait(1).states).toEqual(['open']);
  });

  test('keeps a timer for itself when a fork has spent its own on nothing', () => {
    const late = setup({ types: { events: {} as { type: 'go' | 'late' } } }).createMachine({
      initial: 'a',
      states: {
        a: { entry: raise({ type: 'late' }, { delay: 10, id: 'late' }), on: { go: 'b' } },
        b: { on: { late: 'c' } },
        c: {},
      },
    });
    const run = driveMachine(late);
    expect(run.fork().wait(20).states).toEqual(['a']);
    expect(run.send({ type: 'go' }).wait(20).states).toEqual(['c']);
    expect(run.snapshot.matches('c')).toBe(true);
  });
});

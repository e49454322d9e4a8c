import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { drive, driveMachine } from '../src/index.ts';
import { statechartMatchers } from '../src/vitest.ts';
import { ticketMachine } from './ticket.ts';

expect.extend(statechartMatchers);

const HOUR = 3_600_000;
const answered = () => driveMachine(ticketMachine).send({ type: 'escalate' }).send({ type: 'answer' });

function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it passed';
}

describe('toBeInState', () => {
  test('takes a run, what has a run, and a snapshot; a state stands for all inside it', () => {
    const run = driveMachine(ticketMachine).send({ type: 'escalate' });
    expect(run).toBeInState('open.urgent');
    expect(run).toBeInState('open');
    expect(run).not.toBeInState('waiting');
    expect({ run }).toBeInState('open');
    expect(createActor(ticketMachine).start().getSnapshot()).toBeInState('open.new');
    expect({ value: 'open.urgent' as const }).toBeInState('open');
  });

  test('draws the way, where it stands and the ways out', () => {
    const run = answered().send({ type: 'escalate' }).wait(HOUR);
    expect(failureOf(() => expect(run).toBeInState('closed'))).toMatchInlineSnapshot(`
      "expected the statechart to be in closed

           0.000 s  ○ open.new
           0.000 s  ├─ escalate ──▶ open.urgent
           0.000 s  ├─ answer ────▶ waiting
           0.000 s  ├─ escalate ──▶ nothing: no edge from waiting takes it
        3600.000 s  ├─ after 1 h ─▶ reminded
                    │
        3600.000 s  ● reminded
                    ├─ reply ──────▶ open
                    ├─ after 24 h ─▶ reminded
                    ╰─ always ─────▶ closed  ◀ expected, if remindedTwice"
    `);
  });

  test('draws the way of the opposite, and of a snapshot what is known', () => {
    expect(failureOf(() => expect(answered()).not.toBeInState('waiting'))).toMatchInlineSnapshot(`
      "expected the statechart not to be in waiting

           0.000 s  ○ open.new
           0.000 s  ├─ escalate ─▶ open.urgent
           0.000 s  ├─ answer ───▶ waiting
                    │
           0.000 s  ● waiting
                    ├─ reply ─────▶ open
                    ├─ close ─────▶ closed
                    ╰─ after 1 h ─▶ reminded"
    `);
    const { machine: _, ...unknown } = answered().snapshot;
    expect(failureOf(() => expect({ value: unknown.value }).toBeInState('open'))).toMatchInlineSnapshot(`
      "expected the statechart to be in open

                    ● waiting"
    `);
  });

  test('draws the end of a long way, with repetitions as one line', () => {
    const run = driveMachine(ticketMachine);
    for (let round = 0; round < 9; round += 1) run.send({ type: 'answer' }).wait(1000).send({ type: 'reply' });
    run.send({ type: 'reply' }).send({ type: 'reply' });
    expect(failureOf(() => expect(run).toBeInState('closed'))).toMatchInlineSnapshot(`
      "expected the statechart to be in closed

                    ┊ 7 steps before
           4.000 s  ├─ reply ────▶ open.new
           4.000 s  ├─ answer ───▶ waiting
           5.000 s  ├─ reply ────▶ open.new
           5.000 s  ├─ answer ───▶ waiting
           6.000 s  ├─ reply ────▶ open.new
           6.000 s  ├─ answer ───▶ waiting
           7.000 s  ├─ reply ────▶ open.new
           7.000 s  ├─ answer ───▶ waiting
           8.000 s  ├─ reply ────▶ open.new
           8.000 s  ├─ answer ───▶ waiting
           9.000 s  ├─ reply ────▶ open.new
           9.000 s  ├─ reply ×2 ─▶ nothing: no edge from open.new takes it
                    │
           9.000 s  ● open.new
                    ├─ answer ───▶ waiting
                    ╰─ escalate ─▶ open.urgent"
    `);
  });

  test('refuses a state that the machine does not have, also where the opposite is expected', () => {
    const misspelt: string = 'wating';
    const run = driveMachine(ticketMachine);
    // @ts-expect-error -- the states are known to the compiler
    expect(() => expect(run).not.toBeInState('wating')).toThrow('ticket has no state wating: it has open, open.new');
    expect(() => expect(run as { run?: unknown }).not.toBeInState(misspelt)).toThrow(TypeError);
    expect(() => expect('open').toBeInState('open')).toThrow('a statechart is a run');
  });
});

describe('toHaveTransitioned', () => {
  test('finds a step by where it left, where it arrived, and its event', () => {
    const run = answered();
    expect(run).toHaveTransitioned({ from: 'open', to: 'waiting' });
    expect(run).toHaveTransitioned({ from: 'open.new', to: 'open.urgent', by: 'escalate' });
    expect(run).toHaveTransitioned({ to: 'waiting' });
    expect(run).not.toHaveTransitioned({ to: 'waiting', by: 'escalate' });
    expect(run).not.toHaveTransitioned({ from: 'waiting' });
    expect(run).not.toHaveTransitioned({ to: 'open' });
  });

  test('counts a state that was left and entered at once only where both are asked for', () => {
    const run = answered()
      .wait(HOUR)
      .wait(24 * HOUR);
    expect(run).toHaveTransitioned({ from: 'reminded', to: 'reminded' });
  });

  test('draws the way', () => {
    expect(failureOf(() => expect(answered()).toHaveTransitioned({ from: 'waiting', to: 'open', by: 'reply' })))
      .toMatchInlineSnapshot(`
      "expected the statechart to have gone from waiting to open by reply

           0.000 s  ○ open.new
           0.000 s  ├─ escalate ─▶ open.urgent
           0.000 s  ├─ answer ───▶ waiting
                    │
           0.000 s  ● waiting
                    ├─ reply ─────▶ open
                    ├─ close ─────▶ closed
                    ╰─ after 1 h ─▶ reminded"
    `);
    expect(() => expect({ value: 'open' }).toHaveTransitioned({ to: 'open' })).toThrow(
      'toHaveTransitioned takes a run',
    );
  });
});

describe('toReach', () => {
  test('looks ahead so far, to the millisecond, and leaves the run where it is', () => {
    const run = answered();
    expect(run).toReach('waiting', { within: 0 });
    expect(run).not.toReach('reminded', { within: HOUR - 1 });
    expect(run).toReach('reminded', { within: HOUR });
    expect(run).toReach('closed', { within: 25 * HOUR });
    expect(run).toBeInState('waiting');
  });

  test('draws where it would have been by then', () => {
    expect(failureOf(() => expect(answered()).toReach('closed', { within: 2 * HOUR }))).toMatchInlineSnapshot(`
      "expected the statechart to reach closed within 2 h

           0.000 s  ○ open.new
           0.000 s  ├─ escalate ──▶ open.urgent
           0.000 s  ├─ answer ────▶ waiting
        3600.000 s  ├─ after 1 h ─▶ reminded
                    │
        7200.000 s  ● reminded
                    ├─ reply ──────▶ open
                    ├─ after 24 h ─▶ reminded
                    ╰─ always ─────▶ closed  ◀ expected, if remindedTwice"
    `);
    expect(() => expect({ value: 'open' }).toReach('open', { within: 1 })).toThrow('toReach takes a run');
  });

  test('draws a statechart of which no machine is known', () => {
    const run = drive<{ value: 'on' | 'off' }, { type: 'press' }>({
      snapshot: { value: 'on' },
      step: (after, event) => [{ event, after }],
      nextDeadline: () => null,
      deadlineEvent: () => ({ type: 'press' }),
    });
    expect(failureOf(() => expect(run.send({ type: 'press' })).toReach('off', { within: 10 }))).toMatchInlineSnapshot(`
      "expected the statechart to reach off within 10 ms

           0.000 s  ○ on
           0.000 s  ├─ press ─▶ on, as before
                    │
           0.010 s  ● on"
    `);
  });
});

import type { AnyStateMachine } from 'xstate';
import { toGraph } from './graph.ts';
import { durationLabel } from './labels.ts';
import { picture, type Standing } from './picture.ts';
import { Run, type PathStep } from './run.ts';
import { activeStates, isWithin, type StatePath } from './state-path.ts';

/** The states that a thing under test may be asked for: a run, what has a `run`, or a snapshot. */
export type StateOf<T> = T extends { run: { snapshot: { value: infer Value } } }
  ? StatePath<Value>
  : T extends { snapshot: { value: infer Value } }
    ? StatePath<Value>
    : T extends { value: infer Value }
      ? StatePath<Value>
      : string;

/** The expectation of one step. */
export interface Expected<State extends string = string> {
  from?: State;
  to?: State;
  /** Type of the event. */
  by?: string;
}

export interface Verdict {
  pass: boolean;
  message: () => string;
}

/** Is the opposite expected, by `not`? */
type Not = boolean;

export function toBeInState(not: Not, received: unknown, state: string): Verdict {
  const standing = standingOf(received);
  mustKnow(standing.machine, state);
  return {
    pass: inside(standing.states, state),
    message: () =>
      `expected the statechart ${notIf(not)}to be in ${state}\n\n${picture(standing, not ? undefined : state)}`,
  };
}

export function toHaveTransitioned(not: Not, received: unknown, expected: Expected): Verdict {
  const run = runOf(received);
  if (run === undefined) throw new TypeError('toHaveTransitioned takes a run, or what has one as `run`');
  for (const state of [expected.from, expected.to]) if (state !== undefined) mustKnow(run.chart.machine, state);
  const { from = 'anywhere', to = 'anywhere', by } = expected;
  return {
    pass: run.path.some((step) => fits(step, expected)),
    message: () =>
      `expected the statechart ${notIf(not)}to have gone from ${from} to ${to}${by === undefined ? '' : ` by ${by}`}\n\n${picture(standingIn(run))}`,
  };
}

export function toReach(not: Not, received: unknown, state: string, { within }: { within: number }): Verdict {
  const run = runOf(received);
  if (run === undefined) throw new TypeError('toReach takes a run, or what has one as `run`');
  mustKnow(run.chart.machine, state);
  const ahead = run.fork();
  const pass = ahead.waitUntil(() => inside(ahead.states, state), within);
  const whole = { ...standingIn(ahead), start: run.start, path: [...run.path, ...ahead.path] };
  return {
    pass,
    message: () =>
      `expected the statechart ${notIf(not)}to reach ${state} within ${durationLabel(within)}\n\n${picture(whole, not ? undefined : state)}`,
  };
}

const notIf = (not: Not) => (not ? 'not ' : '');

/** A step counts that left `from` and entered `to`; where one of them is not given, any. */
function fits(step: PathStep, { from, to, by }: Expected): boolean {
  const left = from === undefined || (inside(step.from, from) && (to === from || !inside(step.to, from)));
  const entered = to === undefined || (inside(step.to, to) && (to === from || !inside(step.from, to)));
  return left && entered && (by === undefined || step.event === by);
}

function inside(states: readonly string[], state: string): boolean {
  return states.some((it) => isWithin(it, state));
}

type AnyRun = Run<{ value: unknown }, { type: string }>;

function runOf(received: unknown): AnyRun | undefined {
  if (received instanceof Run) return received;
  if (typeof received === 'object' && received !== null && 'run' in received) return runOf(received.run);
  return undefined;
}

function standingOf(received: unknown): Standing {
  const run = runOf(received);
  if (run !== undefined) return standingIn(run);
  if (typeof received !== 'object' || received === null || !('value' in received)) {
    throw new TypeError('a statechart is a run, what has one as `run`, or a snapshot with a `value`');
  }
  const { value } = received;
  return {
    states: activeStates(value),
    machine: 'machine' in received && isMachine(received.machine) ? received.machine : undefined,
  };
}

function standingIn({ states, start, path, now, chart: { machine } }: AnyRun): Standing {
  return { states, start, path, now, machine };
}

const statesOf = new WeakMap<AnyStateMachine, string[]>();

/** A misspelt state would make every `not` pass. */
function mustKnow(machine: AnyStateMachine | undefined, state: string): void {
  if (machine === undefined) return;
  const known = statesOf.get(machine) ?? toGraph(machine).nodes.map(({ id }) => id);
  statesOf.set(machine, known);
  if (!known.includes(state)) throw new TypeError(`${machine.id} has no state ${state}: it has ${known.join(', ')}`);
}

function isMachine(machine: unknown): machine is AnyStateMachine {
  return typeof machine === 'object' && machine !== null && 'root' in machine && 'transition' in machine;
}

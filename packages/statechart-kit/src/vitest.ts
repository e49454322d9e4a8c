import type { MatcherState } from 'vitest';
import { toBeInState, toHaveTransitioned, toReach, type Expected, type StateOf, type Verdict } from './matchers.ts';

/** For `expect.extend(statechartMatchers)`, once per test file or in a setup file. */
export const statechartMatchers = {
  toBeInState(this: MatcherState, received: unknown, state: string): Verdict {
    return toBeInState(this.isNot, received, state);
  },
  toHaveTransitioned(this: MatcherState, received: unknown, expected: Expected): Verdict {
    return toHaveTransitioned(this.isNot, received, expected);
  },
  toReach(this: MatcherState, received: unknown, state: string, limit: { within: number }): Verdict {
    return toReach(this.isNot, received, state, limit);
  },
};

declare module 'vitest' {
  // The names of the parameters are Vitest's: an interface merges only with its like.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** It stands in this state, or inside it. Takes a run, whatever has one as `run`, or a snapshot. */
    toBeInState(state: StateOf<T>): R;
    /** On its way it went from one state to another, by some event: whichever of them are given. */
    toHaveTransitioned(expected: Expected<StateOf<T>>): R;
    /** Left alone, it gets there within so many milliseconds of virtual time. The run itself stays where it is. */
    toReach(state: StateOf<T>, limit: { within: number }): R;
  }
}

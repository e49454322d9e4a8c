import { expect, test } from 'vitest';
import { inWords, LACKING } from './model.ts';
import { THE_PROTOCOL } from './protocol.ts';
import { walk } from './walk.ts';

test('[HOLD-2] [SEND-3] [SEND-4] keeps the agent silent while a person holds, in every interleaving', () => {
  const { states, edges, taken, counterexample } = walk(THE_PROTOCOL);
  expect(counterexample && inWords('the protocol', counterexample)).toBeNull();
  expect(states).toBeGreaterThan(5_000);
  expect(edges).toBeGreaterThan(states);
  expect(Object.keys(taken)).toEqual(expect.arrayContaining(['person 2 holds', 'sender 2 woke too late and lets go']));
});

test.each([
  ['checked at the commit only', ['person 1 holds', 'sender 1 claims it']],
  ['a lease by the sender’s clock', ['a moment passes', 'sender 1 calls the channel']],
  ['no lock in the trigger', ['the trigger sees the epoch in force', 'the agent’s message is committed']],
  ['nothing withheld by a takeover', ['the agent’s message is committed', 'person 1 holds']],
])('[SEND-3] finds the counterexample of: %s', (name, steps) => {
  const { counterexample } = walk({ ...THE_PROTOCOL, ...LACKING[name] });
  expect(counterexample?.way).toEqual(expect.arrayContaining(steps));
});

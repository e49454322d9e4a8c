import { describe, expect, test } from 'vitest';
import type { Leaf } from '@baton/protocol';
import { initialSnapshot, NO_RULES, type Rules } from '../src/index.ts';
import { explore } from '../src/testing/explore.ts';
import { keyOf } from '../src/testing/abstraction.ts';
import { ADA } from '../src/testing/people.ts';

const base: Rules = { ...NO_RULES, version: 1, replyDelaySeconds: 2, humanPriorityWindowSeconds: 4 };

const start = initialSnapshot({ agentId: 'agent', rules: base });

// With two teammates, and with faults: npm run prove -- statechart
describe('the state space of one teammate and one waiting message', () => {
  test('[HOLD-1] agrees with the derivation and keeps every invariant on every edge', { timeout: 120_000 }, () => {
    const found = explore({ teammates: [ADA], rules: [], withFaults: false }, start);
    console.log(`state space: ${found.states} states, ${found.edges} edges`);
    const handsOver = (from: Leaf, to: Leaf) => found.handovers.get(`${from} -> ${to}`) ?? 0;
    expect(handsOver('agentActive.replying', 'humanActive')).toBeGreaterThan(0);
    expect(handsOver('humanActive', 'humanPriorityWindow')).toBeGreaterThan(0);
    expect(handsOver('humanPriorityWindow', 'agentActive.gathering')).toBeGreaterThan(0);
    expect(handsOver('agentActive.replying', 'agentDisabled')).toBeGreaterThan(0);
  });
});

test('tells states apart only by facts that a guard can notice', () => {
  const ask = (seq: number) => ({ seq, at: 0 });
  const having = (change: object) => keyOf({ ...start, context: { ...start.context, ...change } });
  expect(having({ waiting: [1, 2, 3].map(ask) })).toBe(having({ waiting: [1, 2].map(ask) }));
  expect(having({ waiting: [1, 2].map(ask) })).not.toBe(having({ waiting: [ask(1)] }));
  expect(having({ failures: 5 })).toBe(having({ failures: 4 }));
  expect(having({ failures: 4 })).not.toBe(having({ failures: 3 }));
});

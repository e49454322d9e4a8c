import { describe, expect, test } from 'vitest';
import { advance, initialSnapshot, NO_RULES, type Leaf, type Rules, type Snapshot } from '../src/index.ts';
import { eventsOf, keyOf, type Abstraction } from './abstraction.ts';
import { ADA } from './driver.ts';
import { checkInvariants } from './invariants.ts';

const base: Rules = { ...NO_RULES, version: 1, replyDelaySeconds: 2, humanPriorityWindowSeconds: 4 };

/** Visits every edge of the abstraction, breadth first, and checks the invariants on each. */
function explore(abstraction: Abstraction, start: Snapshot) {
  const seen = new Set([keyOf(start)]);
  const leaves = new Map<string, number>();
  let frontier = [start];
  let edges = 0;
  while (frontier.length > 0) {
    const next: Snapshot[] = [];
    for (const snapshot of frontier) {
      for (const event of eventsOf(snapshot, abstraction)) {
        const steps = advance(snapshot, event);
        for (const step of steps) {
          checkInvariants(step);
          if (step.before.value !== step.after.value) count(leaves, `${step.before.value} -> ${step.after.value}`);
        }
        edges += 1;
        const after = steps.at(-1)?.after ?? snapshot;
        const key = keyOf(after);
        if (!seen.has(key)) {
          seen.add(key);
          next.push(after);
        }
      }
    }
    frontier = next;
  }
  return { states: seen.size, edges, handovers: leaves };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const start = initialSnapshot({ agentId: 'agent', rules: base });

describe('the state space of one teammate and one waiting message', () => {
  test('[HOLD-1] every edge ends where the derivation says and keeps every invariant', { timeout: 60_000 }, () => {
    const found = explore({ teammates: [ADA], rules: [], withFaults: false }, start);
    console.log(`state space: ${found.states} states, ${found.edges} edges`);
    const handsOver = (from: Leaf, to: Leaf) => found.handovers.get(`${from} -> ${to}`) ?? 0;
    expect(handsOver('agentActive.replying', 'humanActive')).toBeGreaterThan(0);
    expect(handsOver('humanActive', 'humanPriorityWindow')).toBeGreaterThan(0);
    expect(handsOver('humanPriorityWindow', 'agentActive.gathering')).toBeGreaterThan(0);
    expect(handsOver('agentActive.replying', 'agentDisabled')).toBeGreaterThan(0);
  });
});

// Eight million edges take minutes, so they are walked on demand: BATON_PROOF=full.
if (process.env['BATON_PROOF'] === 'full') {
  test('[HOLD-1] so does every edge with failing agents, failing deliveries and echoes', { timeout: 900_000 }, () => {
    const found = explore({ teammates: [ADA], rules: [], withFaults: true }, start);
    console.log(`state space with faults: ${found.states} states, ${found.edges} edges`);
    expect(found.states).toBeGreaterThan(100_000);
  });
}

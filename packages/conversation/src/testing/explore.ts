import { advance } from '../step.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Abstraction, eventsOf, keyOf } from './abstraction.ts';
import { checkInvariants } from './invariants.ts';

export interface Explored {
  states: number;
  edges: number;
  /** `from -> to` of the leaves, and on how many edges. */
  handovers: Map<string, number>;
}

/** Visits every edge of the abstraction, breadth first, and checks the invariants on each. @throws where one is broken */
export function explore(abstraction: Abstraction, start: Snapshot, onRound: (sofar: Explored) => void = () => {}) {
  const seen = new Set([keyOf(start)]);
  const found: Explored = { states: 1, edges: 0, handovers: new Map() };
  let frontier = [start];
  while (frontier.length > 0) {
    const next: Snapshot[] = [];
    for (const snapshot of frontier) {
      for (const event of eventsOf(snapshot, abstraction)) {
        const steps = advance(snapshot, event);
        for (const step of steps) {
          checkInvariants(step);
          if (step.before.value !== step.after.value) {
            count(found.handovers, `${step.before.value} -> ${step.after.value}`);
          }
        }
        found.edges += 1;
        const after = steps.at(-1)?.after ?? snapshot;
        const key = keyOf(after);
        if (!seen.has(key)) {
          seen.add(key);
          next.push(after);
        }
      }
    }
    frontier = next;
    found.states = seen.size;
    onRound(found);
  }
  return found;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import type { Transition } from '@baton/protocol';
import { machineEdges, STATES, topOf, USUAL, wayOf, type MachineEdge, type StateId } from './chart.ts';

type Step = Pick<Transition, 'from' | 'to'> & { event: { type: string } };

/** Beyond these the past does not change where the last step came from. */
const LOOK_BACK = 50;

/** The latest transition that led from one state to another, and the way of the drawing that it took. */
export interface Move<T> {
  transition: T;
  way: string;
}

/**
 * What brought the conversation to `now`; null where nothing has yet. The history keeps the states at the top only: inside
 * `agentActive` it is the likeliest walk through the machine that ends at `now`.
 */
export function lastMove<T extends Step>(transitions: readonly T[], now: StateId): Move<T> | null {
  const steps = transitions.slice(-LOOK_BACK);
  const walk = likeliestWalk(steps, now);
  for (const [index, transition] of [...steps.entries()].toReversed()) {
    const [source, target] = [walk[index] ?? transition.from, walk[index + 1] ?? transition.to];
    if (source !== target) return { transition, way: wayOf(source, target) };
  }
  return null;
}

interface Walk {
  cost: number;
  states: string[];
}

function likeliestWalk(steps: readonly Step[], now: StateId): string[] {
  const first = steps[0];
  if (first === undefined) return [];
  const begins = Object.keys(STATES).filter((id) => id !== 'agentActive' && topOf(id) === first.from);
  let walks = new Map(begins.map((id): [string, Walk] => [id, { cost: 0, states: [id] }]));
  for (const step of steps) walks = further(walks, step);
  const ends = [...walks.entries()].filter(([id]) => id === now || topOf(id) === now);
  const best = ends.toSorted(([, a], [, b]) => a.cost - b.cost)[0];
  return best?.[1].states ?? [];
}

function further(walks: Map<string, Walk>, { event, from, to }: Step): Map<string, Walk> {
  const next = new Map<string, Walk>();
  for (const edge of machineEdges) {
    const walk = walks.get(edge.source);
    const fits = edge.events.includes(event.type) && topOf(edge.source) === from && topOf(edge.target) === to;
    if (walk === undefined || !fits) continue;
    const cost = walk.cost + costOf(edge, event.type);
    const known = next.get(edge.target);
    if (known === undefined || cost < known.cost) {
      next.set(edge.target, { cost, states: [...walk.states, edge.target] });
    }
  }
  return next;
}

/** An event usually leads along its own way; next to that it is likelier to lead somewhere than nowhere. */
function costOf({ source, target, internal }: MachineEdge, event: string): number {
  if (internal) return 2;
  return USUAL[wayOf(source, target)] === event ? 0 : 1;
}

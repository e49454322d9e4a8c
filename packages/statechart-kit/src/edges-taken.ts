import type { GraphEdge, StatechartGraph } from './graph.ts';
import type { PathStep } from './run.ts';
import { isWithin } from './state-path.ts';

type Way = Pick<PathStep, 'event' | 'from' | 'to'>;

/**
 * The edges by which an event led from one place to another: one, or one per parallel region; none where nothing took
 * it. As in XState the innermost state that knows the event comes first. Without an event, the machine went on itself.
 */
export function edgesTaken(graph: StatechartGraph, way: Way): GraphEdge[] {
  const taken = way.from.map((state) => {
    const fitting = graph.edges.filter((edge) => explains(graph, edge, state, way));
    return fitting.toSorted((one, other) => rank(other, way.event) - rank(one, way.event)).at(0);
  });
  return [...new Set(taken.filter((edge) => edge !== undefined))];
}

/** Does this transition's event, which may be a pattern, stand for that event? */
export function answers(pattern: string, event: string | null): boolean {
  if (event === null || pattern === event) return true;
  if (pattern === '*') return true;
  return pattern.endsWith('.*') && `${event}.`.startsWith(pattern.slice(0, -1));
}

function explains(graph: StatechartGraph, edge: GraphEdge, state: string, { event, to }: Way): boolean {
  const leaves = edge.source.startsWith('#') || isWithin(state, edge.source);
  if (!leaves || !edge.transitions.some((transition) => answers(transition.event, event))) return false;
  if (edge.internal) return to.includes(state);
  const arrives = arrivalOf(graph, edge.target);
  return arrives === null || to.some((after) => isWithin(after, arrives));
}

/** A history state is never stood in: it leads to somewhere inside the state around it. */
function arrivalOf(graph: StatechartGraph, target: string): string | null {
  const node = graph.nodes.find(({ id }) => id === target);
  if (node?.kind === 'history') return node.parent;
  return target.startsWith('#') ? null : target;
}

/** Inner sources first, then the event by its own name, then the nearer target. */
function rank(edge: GraphEdge, event: string | null): number {
  const named = edge.transitions.some((transition) => transition.event === (event ?? ''));
  return depth(edge.source) * 1000 + Number(named) * 100 + depth(edge.target) + Number(edge.internal) / 2;
}

const depth = (id: string) => (id.startsWith('#') ? 0 : id.split('.').length);

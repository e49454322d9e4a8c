import type { Conversation, Leaf } from '@baton/protocol';
import chart from './conversation-chart.json';

export type StateId = Leaf | 'agentActive';

/** An event that leads along an edge, and the guard that must be true; null where none is needed. */
export interface EdgeEvent {
  event: string;
  guard: string | null;
}

/** An edge of the drawing, and the events that lead along it. */
export interface DrawnEdge {
  /** `agentActive -> humanActive` */
  id: string;
  source: string;
  target: string;
  events: EdgeEvent[];
}

/** An edge of the machine, between leaves. */
interface MachineEdge {
  source: string;
  target: string;
  internal: boolean;
  events: EdgeEvent[];
}

const machineEdges: readonly MachineEdge[] = chart.edges;

/** In reading order. */
export const STATES: Record<StateId, { parent: 'agentActive' | null }> = {
  agentActive: { parent: null },
  'agentActive.idle': { parent: 'agentActive' },
  'agentActive.gathering': { parent: 'agentActive' },
  'agentActive.replying': { parent: 'agentActive' },
  'agentActive.sending': { parent: 'agentActive' },
  humanActive: { parent: null },
  humanPriorityWindow: { parent: null },
  agentDisabled: { parent: null },
};

/** The usual event of an edge. Other events, and edges without a usual one, are drawn faintly. */
export const USUAL: Readonly<Record<string, string>> = {
  'agentActive.idle -> agentActive.gathering': 'customer.message',
  'agentActive.gathering -> agentActive.replying': 'deadline.passed',
  'agentActive.replying -> agentActive.gathering': 'customer.message',
  'agentActive.replying -> agentActive.sending': 'reply.ready',
  'agentActive.sending -> agentActive.idle': 'reply.claimed',
  'agentActive -> humanActive': 'human.typing',
  'agentActive -> humanPriorityWindow': 'human.message',
  'agentActive -> agentDisabled': 'replies.disabled',
  'humanActive -> humanPriorityWindow': 'human.message',
  'humanActive -> agentActive': 'human.stopped',
  'humanActive -> agentDisabled': 'replies.disabled',
  'humanPriorityWindow -> humanActive': 'human.typing',
  'humanPriorityWindow -> agentActive': 'deadline.passed',
  'humanPriorityWindow -> agentDisabled': 'replies.disabled',
  'agentDisabled -> agentActive': 'replies.enabled',
};

/** The state around a leaf, or the leaf itself at the top: `agentActive.idle` is in `agentActive`. */
export function topOf(id: string): string {
  return id.split('.', 1)[0] ?? id;
}

/** The drawn edge between two leaves: handovers are drawn between the states at the top, phases inside `agentActive`. */
export function edgeId(source: string, target: string): string {
  const crosses = topOf(source) !== topOf(target);
  return crosses ? `${topOf(source)} -> ${topOf(target)}` : `${source} -> ${target}`;
}

/** The guard that a stored transition passed, or null where it needed none. Old transitions have no leaves. */
export function guardOf(from: Leaf | null, to: Leaf | null, event: string): string | null {
  const edge = machineEdges.find(({ source, target }) => source === from && target === to);
  return edge?.events.find((it) => it.event === event)?.guard ?? null;
}

export const drawnEdges: readonly DrawnEdge[] = drawEdges();

function drawEdges(): DrawnEdge[] {
  const edges = new Map<string, DrawnEdge>();
  for (const { source, target, internal, events } of machineEdges) {
    if (internal) continue;
    const id = edgeId(source, target);
    const [from = source, to = target] = id.split(' -> ');
    const known = edges.get(id)?.events ?? [];
    edges.set(id, { id, source: from, target: to, events: merge([...known, ...events]) });
  }
  return [...edges.values()];
}

/** Each event once. Its guard stays where every leaf asks for the same. */
function merge(all: EdgeEvent[]): EdgeEvent[] {
  const guards = new Map<string, string | null>();
  for (const { event, guard } of all) guards.set(event, (guards.get(event) ?? guard) === guard ? guard : null);
  return [...guards].map(([event, guard]) => ({ event, guard }));
}

/** The guard of an edge's usual event. */
export function usualGuard(id: string): string | null {
  const usual = drawnEdges.find((edge) => edge.id === id)?.events.find(({ event }) => event === USUAL[id]);
  return usual?.guard ?? null;
}

/** The leaf of a conversation, or `agentActive` if the phase is not known yet. */
export function leafOf({ state, phase }: Pick<Conversation, 'state' | 'phase'>): StateId {
  if (state !== 'agentActive') return state;
  return phase ? `agentActive.${phase}` : state;
}

/** The machine as Mermaid text, with this state filled. */
export function mermaidText(leaf: StateId): string {
  const active: Record<string, string | undefined> = chart.mermaidActive;
  return chart.mermaid + (active[leaf] ?? '');
}

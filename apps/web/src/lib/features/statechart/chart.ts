import type { AgentPhase, Conversation, ConversationState } from '@baton/protocol';
import chart from './conversation-chart.json';

/** A state that has none inside: where a conversation stands. */
export type Leaf = `agentActive.${AgentPhase}` | Exclude<ConversationState, 'agentActive'>;
export type StateId = Leaf | 'agentActive';

/** A way from one state to another as it is drawn, and the events that lead along it. */
export interface Way {
  /** `agentActive -> humanActive` */
  id: string;
  source: string;
  target: string;
  events: string[];
}

/** One edge of the machine, between leaves. */
export interface MachineEdge {
  source: string;
  target: string;
  internal: boolean;
  events: string[];
}

export const machineEdges: readonly MachineEdge[] = chart.edges;

/** In the order in which they are told. */
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

/** What leads along a way on an ordinary day; the other events, and the other ways, are drawn faintly. */
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

/** Handovers are drawn between the states at the top, the agent's own doings inside its state. */
export function wayOf(source: string, target: string): string {
  const crosses = topOf(source) !== topOf(target);
  return crosses ? `${topOf(source)} -> ${topOf(target)}` : `${source} -> ${target}`;
}

export const drawnWays: readonly Way[] = drawn();

function drawn(): Way[] {
  const ways = new Map<string, Way>();
  for (const { source, target, internal, events } of machineEdges) {
    if (internal) continue;
    const id = wayOf(source, target);
    const [from = source, to = target] = id.split(' -> ');
    const known = ways.get(id)?.events ?? [];
    ways.set(id, { id, source: from, target: to, events: [...new Set([...known, ...events])] });
  }
  return [...ways.values()];
}

/** Where the conversation stands; the phase may be missing where only the top is known. */
export function leafOf({ state, phase }: Pick<Conversation, 'state' | 'phase'>): StateId {
  if (state !== 'agentActive') return state;
  return phase ? `agentActive.${phase}` : state;
}

/** The machine as Mermaid text, with this state filled. */
export function mermaidText(leaf: StateId): string {
  const active: Record<string, string | undefined> = chart.mermaidActive;
  return chart.mermaid + (active[leaf] ?? '');
}

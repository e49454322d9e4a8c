import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { toDirectedGraph } from 'xstate/graph';
import { actionLabels, eventLabel, guardLabel } from './labels.ts';

/** A statechart as plain data, in the order of its source: JSON, without functions, safe in a browser. */
export interface StatechartGraph {
  /** Id of the machine. */
  id: string;
  nodes: GraphNode[];
  /** One per source and target; what leads along it is in `transitions`. */
  edges: GraphEdge[];
}

export interface GraphNode {
  /** Path from the root, `agentActive.idle`. The machine itself is `#id`, and a node only where edges touch it. */
  id: string;
  /** The last part of the path. */
  label: string;
  /** Id of the state around it, or null at the top. */
  parent: string | null;
  kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** Entered when the state around it is. */
  initial: boolean;
  entry: string[];
  exit: string[];
}

export interface GraphEdge {
  /** `source -> target`, with ` (internal)` behind it for what happens inside. */
  id: string;
  source: string;
  target: string;
  /** No state is left or entered: the event is worked off where the machine stands. */
  internal: boolean;
  /** The events in words, each once. */
  label: string;
  transitions: GraphTransition[];
}

export interface GraphTransition {
  /** The event as XState names it: `''` for `always`, `*` for any, `xstate.after.…` for a delay. */
  event: string;
  guard: string | null;
  actions: string[];
}

/** Reads a machine, `always` transitions included. */
export function toGraph(machine: AnyStateMachine): StatechartGraph {
  const states = flatten(toDirectedGraph(machine.root));
  const edges = merge(states.flatMap((state) => [...state.edges.map(toLink), ...alwaysOf(state.stateNode)]));
  const rootIsTouched = edges.some(({ source, target }) => [source, target].includes(idOf(machine.root)));
  const nodes = states
    .map(({ stateNode }) => stateNode)
    .filter((node) => node !== machine.root || rootIsTouched)
    .map((node) => toNode(node, rootIsTouched));
  return { id: machine.id, nodes, edges };
}

type Directed = ReturnType<typeof toDirectedGraph>;

interface Link {
  source: AnyStateNode;
  target: AnyStateNode;
  transition: AnyTransitionDefinition;
}

function flatten(directed: Directed): Directed[] {
  return [directed, ...directed.children.flatMap(flatten)];
}

function toLink({ source, target, transition }: Directed['edges'][number]): Link {
  return { source, target, transition };
}

/** `toDirectedGraph` leaves these out. */
function alwaysOf(source: AnyStateNode): Link[] {
  return (source.always ?? []).flatMap((transition) =>
    (transition.target ?? [source]).map((target) => ({ source, target, transition })),
  );
}

function toNode(node: AnyStateNode, rootIsTouched: boolean): GraphNode {
  const { parent } = node;
  const isTop = parent === undefined || (parent.parent === undefined && !rootIsTouched);
  return {
    id: idOf(node),
    label: node.key,
    parent: isTop ? null : idOf(parent),
    kind: node.type,
    initial: parent !== undefined && (parent.type === 'parallel' || parent.initial.target.includes(node)),
    entry: actionLabels(node.entry),
    exit: actionLabels(node.exit),
  };
}

function merge(links: Link[]): GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const { source, target, transition } of links) {
    const internal = isInternal(source, target, transition);
    const id = `${idOf(source)} -> ${idOf(target)}${internal ? ' (internal)' : ''}`;
    const edge = edges.get(id) ?? {
      id,
      source: idOf(source),
      target: idOf(target),
      internal,
      label: '',
      transitions: [],
    };
    const event: unknown = transition.eventType;
    edge.transitions.push({
      event: String(event),
      guard: guardLabel(transition.guard),
      actions: actionLabels(transition.actions),
    });
    edges.set(id, edge);
  }
  return [...edges.values()].map((edge) => ({ ...edge, label: labelOf(edge.transitions) }));
}

function isInternal(source: AnyStateNode, target: AnyStateNode, { target: given, reenter }: AnyTransitionDefinition) {
  if (given === undefined) return true;
  return source === target && !reenter && source.type === 'atomic';
}

/** The events in words, each once. */
export function labelOf(transitions: readonly GraphTransition[]): string {
  return [...new Set(transitions.map(({ event }) => eventLabel(event)))].join(', ');
}

/** The guards in words, or null where one of the transitions needs none. */
export function conditionOf(transitions: readonly GraphTransition[]): string | null {
  const guards = [...new Set(transitions.map(({ guard }) => guard))];
  return guards.includes(null) ? null : guards.join(' or ');
}

function idOf(node: AnyStateNode): string {
  return node.parent === undefined ? `#${node.machine.id}` : node.path.join('.');
}

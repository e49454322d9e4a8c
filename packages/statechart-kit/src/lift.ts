import { labelOf, type GraphEdge, type GraphNode, type GraphTransition, type StatechartGraph } from './graph.ts';
import { isWithin } from './state-path.ts';

/**
 * The same statechart with fewer lines: an event that leads from every state inside another to the same place outside
 * is drawn once, from the state around them. Guards and actions that differ stand side by side on that edge.
 */
export function lift(graph: StatechartGraph): StatechartGraph {
  const inner = graph.nodes.filter(({ kind }) => kind === 'compound').toReversed();
  return { ...graph, edges: inner.reduce((edges, node) => liftTo(node, graph.nodes, edges), graph.edges) };
}

function liftTo(around: GraphNode, nodes: readonly GraphNode[], edges: GraphEdge[]): GraphEdge[] {
  const inside = nodes.filter(({ parent, kind }) => parent === around.id && kind !== 'final' && kind !== 'history');
  const leaving = edges.filter(
    ({ source, target }) => inside.some(({ id }) => id === source) && !isInside(target, around),
  );
  const isShared = (target: string, event: string) =>
    inside.every(({ id }) =>
      leaving.some((edge) => edge.source === id && edge.target === target && tells(edge, event)),
    );

  const lifted = new Map<string, GraphTransition[]>();
  const left = edges.flatMap((edge) => {
    if (!leaving.includes(edge)) return [edge];
    const shared = edge.transitions.filter(({ event }) => isShared(edge.target, event));
    lifted.set(edge.target, [...(lifted.get(edge.target) ?? []), ...shared]);
    const transitions = edge.transitions.filter((transition) => !shared.includes(transition));
    return transitions.length === 0 ? [] : [{ ...edge, transitions, label: labelOf(transitions) }];
  });
  const added = [...lifted].filter(([, transitions]) => transitions.length > 0);
  return added.reduce((all, [target, transitions]) => add(all, around.id, target, distinct(transitions)), left);
}

function add(edges: GraphEdge[], source: string, target: string, transitions: GraphTransition[]): GraphEdge[] {
  const id = `${source} -> ${target}`;
  const known = edges.find((edge) => edge.id === id);
  const all = [...(known?.transitions ?? []), ...transitions];
  const edge = { id, source, target, internal: false, transitions: all, label: labelOf(all) };
  return known === undefined ? [...edges, edge] : edges.map((it) => (it === known ? edge : it));
}

function isInside(target: string, around: GraphNode): boolean {
  return around.id.startsWith('#') || isWithin(target, around.id);
}

const tells = (edge: GraphEdge, event: string) => edge.transitions.some((transition) => transition.event === event);

function distinct(transitions: GraphTransition[]): GraphTransition[] {
  return [...new Map(transitions.map((transition) => [JSON.stringify(transition), transition])).values()];
}

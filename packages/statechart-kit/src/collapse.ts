import { labelOf, type GraphEdge, type StatechartGraph } from './graph.ts';

/**
 * The same statechart seen from further away: states deeper than `depth` are folded into the one around them, and what
 * happens inside a folded state is left out. Depth 1 keeps the top level.
 */
export function collapse(graph: StatechartGraph, depth: number): StatechartGraph {
  const fold = foldTo(graph, depth);
  const nodes = graph.nodes.filter((node) => fold(node.id) === node.id);
  const around = new Set(nodes.map((node) => node.parent));
  const edges = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    const [source, target] = [fold(edge.source), fold(edge.target)];
    if (source === target && (source !== edge.source || target !== edge.target)) continue;
    const id = `${source} -> ${target}${edge.internal ? ' (internal)' : ''}`;
    const transitions = [...(edges.get(id)?.transitions ?? []), ...edge.transitions];
    edges.set(id, { ...edge, id, source, target, transitions, label: labelOf(transitions) });
  }
  return {
    ...graph,
    nodes: nodes.map((node) => (isGroup(node.kind) && !around.has(node.id) ? { ...node, kind: 'atomic' } : node)),
    edges: [...edges.values()],
  };
}

/** Maps a state to itself or, where it lies deeper than `depth`, to the state around it that does not. */
export function foldTo(graph: StatechartGraph, depth: number): (id: string) => string {
  const parents = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  const lineOf = (id: string): string[] => {
    const parent = parents.get(id);
    return parent === undefined || parent === null ? [id] : [...lineOf(parent), id];
  };
  return (id) => {
    const line = lineOf(id).filter((state) => !state.startsWith('#'));
    return line.at(Math.min(depth, line.length) - 1) ?? id;
  };
}

const isGroup = (kind: string) => kind === 'compound' || kind === 'parallel';

import type { AnyStateMachine } from 'xstate';
import { collapse } from './collapse.ts';
import { conditionOf, toGraph, type GraphEdge, type GraphNode, type StatechartGraph } from './graph.ts';
import { eventLabel } from './labels.ts';
import { lift } from './lift.ts';
import { escapeLabel, mermaidIds } from './mermaid-text.ts';
import { activeStates, isWithin } from './state-path.ts';

export interface MermaidOptions {
  /** A state value or path: where the machine stands now. It is filled. */
  active?: unknown;
  /** Ids of states and edges of the graph to be marked: states are outlined, edges get `▶`. */
  highlight?: readonly string[];
  /** Fold states deeper than this, 1 for the top level alone. */
  depth?: number;
  /** Draw what leads out of every state inside another once, from the one around them. */
  lift?: boolean;
  /** Write guards behind their events. */
  guards?: boolean;
  /** Draw what happens without leaving a state. */
  internal?: boolean;
  direction?: 'LR' | 'TB';
}

/** The text of a Mermaid `stateDiagram-v2`. The same machine always gives the same text. */
export function toMermaid(machine: AnyStateMachine | StatechartGraph, options: MermaidOptions = {}): string {
  const whole = 'nodes' in machine ? machine : toGraph(machine);
  const folded = options.depth === undefined ? whole : collapse(whole, options.depth);
  const graph = options.lift === true ? lift(folded) : folded;
  const drawing = new Drawing(graph, options);
  return `${['stateDiagram-v2', ...drawing.lines()].join('\n')}\n`;
}

class Drawing {
  private readonly graph: StatechartGraph;
  private readonly options: MermaidOptions;
  private readonly ids: Map<string, string>;
  private readonly parents: Map<string, string | null>;

  constructor(graph: StatechartGraph, options: MermaidOptions) {
    this.graph = graph;
    this.options = options;
    this.ids = mermaidIds(graph.nodes.map((node) => node.id));
    this.parents = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  }

  lines(): string[] {
    const { direction } = this.options;
    const lines = direction === undefined ? [] : [`direction ${direction}`];
    return [...lines, ...this.inside(null), ...this.styles()].map((line) => `  ${line}`);
  }

  /** The states in a state, then the edges among them. Edges that cross a border are drawn at the top, see `scopeOf`. */
  private inside(parent: string | null): string[] {
    const nodes = this.graph.nodes.filter((node) => node.parent === parent);
    const regions = this.graph.nodes.some((node) => node.id === parent && node.kind === 'parallel');
    const initial = nodes.filter((node) => node.initial && !regions).map((node) => `[*] --> ${this.id(node.id)}`);
    const states = nodes.flatMap((node, index) => [...(regions && index > 0 ? ['--'] : []), ...this.state(node)]);
    const final = nodes.filter((node) => node.kind === 'final').map((node) => `${this.id(node.id)} --> [*]`);
    const edges = this.graph.edges.filter((edge) => this.scopeOf(edge) === parent).flatMap((edge) => this.edge(edge));
    return [...initial, ...states, ...edges, ...final];
  }

  private state(node: GraphNode): string[] {
    const declared = `state "${escapeLabel(node.label)}" as ${this.id(node.id)}`;
    const inside = this.inside(node.id);
    return inside.length === 0 ? [declared] : [`${declared} {`, ...inside.map((line) => `  ${line}`), '}'];
  }

  private edge(edge: GraphEdge): string[] {
    if (edge.internal && this.options.internal !== true) return [];
    const mark = this.isMarked(edge.id) ? '▶ ' : '';
    return [`${this.id(edge.source)} --> ${this.id(edge.target)}: ${mark}${escapeLabel(this.words(edge))}`];
  }

  private words(edge: GraphEdge): string {
    if (this.options.guards !== true) return edge.label;
    const events = [...new Set(edge.transitions.map(({ event }) => event))];
    return events
      .map((event) => {
        const condition = conditionOf(edge.transitions.filter((transition) => transition.event === event));
        return `${eventLabel(event)}${condition === null ? '' : ` [${condition}]`}`;
      })
      .join(', ');
  }

  /** Mermaid moves a state into the block that names it, so only siblings may be joined inside one. */
  private scopeOf({ source, target }: GraphEdge): string | null {
    const [from, to] = [this.parents.get(source) ?? null, this.parents.get(target) ?? null];
    return from === to ? from : null;
  }

  private styles(): string[] {
    const active = activeStates(this.options.active);
    const lit = this.graph.nodes.filter((node) => active.some((state) => isWithin(state, node.id)));
    const marked = this.graph.nodes.filter((node) => this.isMarked(node.id));
    return [
      ...style(
        'active',
        'fill:#2563eb,stroke:#1e3a8a,color:#ffffff',
        this.idsOf(lit.filter((node) => !this.isGroup(node))),
      ),
      ...style('highlight', 'stroke:#d97706,stroke-width:3px', this.idsOf(marked)),
    ];
  }

  private isGroup(node: GraphNode): boolean {
    return this.graph.nodes.some((other) => other.parent === node.id);
  }

  private isMarked(id: string): boolean {
    return this.options.highlight?.includes(id) ?? false;
  }

  private idsOf(nodes: GraphNode[]): string[] {
    return nodes.map((node) => this.id(node.id));
  }

  private id(id: string): string {
    return this.ids.get(id) ?? id;
  }
}

function style(name: string, css: string, ids: string[]): string[] {
  return ids.length === 0 ? [] : [`classDef ${name} ${css}`, `class ${ids.join(',')} ${name}`];
}

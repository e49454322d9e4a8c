import { collapse, foldTo } from './collapse.ts';
import { answers } from './edges-taken.ts';
import type { GraphEdge, StatechartGraph } from './graph.ts';
import type { PathStep } from './run.ts';
import { lineOf } from './state-path.ts';

/** Visited states and edges with their counts. JSON. */
export interface CoverageReport {
  machine: string;
  states: { id: string; visits: number }[];
  edges: EdgeVisits[];
  /** Steps from one state to another that no edge of the machine explains. */
  strays: { event: string | null; from: readonly string[]; to: readonly string[]; visits: number }[];
}

export interface EdgeVisits {
  id: string;
  source: string;
  target: string;
  internal: boolean;
  visits: number;
  events: { event: string; visits: number }[];
}

interface Way {
  step: Pick<PathStep, 'event' | 'from' | 'to'>;
  times: number;
  edges: GraphEdge[];
}

export function reportOf(
  graph: StatechartGraph,
  starts: ReadonlyMap<string, number>,
  ways: readonly Way[],
  depth: number,
): CoverageReport {
  const seen = collapse(graph, depth);
  const fold = foldTo(graph, depth);
  const entered = countEntries(starts, ways);
  const taken = ways.flatMap(({ edges, step, times }) =>
    edges.map((edge) => ({
      source: fold(edge.source),
      target: fold(edge.target),
      internal: edge.internal,
      step,
      times,
    })),
  );
  return {
    machine: graph.id,
    states: seen.nodes
      .filter(({ id, kind }) => !id.startsWith('#') && kind !== 'history')
      .map(({ id }) => ({ id, visits: entered.get(id) ?? 0 })),
    edges: seen.edges.map(({ id, source, target, internal, transitions }) => {
      const along = taken.filter((it) => it.source === source && it.target === target && it.internal === internal);
      const events = [...new Set(transitions.map(({ event }) => event))].map((event) => ({
        event,
        visits: sum(along.filter(({ step }) => answers(event, step.event)).map(({ times }) => times)),
      }));
      return { id, source, target, internal, visits: sum(along.map(({ times }) => times)), events };
    }),
    strays: ways
      .filter(({ edges, step }) => edges.length === 0 && step.from.join(' ') !== step.to.join(' '))
      .map(({ step, times }) => ({ ...step, visits: times })),
  };
}

/** How often each state was entered; a step that stays within a state does not enter it again. */
function countEntries(starts: ReadonlyMap<string, number>, ways: readonly Way[]): Map<string, number> {
  const entered = new Map(starts);
  for (const { step, times } of ways) {
    const before = new Set(step.from.flatMap(lineOf));
    for (const state of new Set(step.to.flatMap(lineOf))) {
      if (!before.has(state)) entered.set(state, (entered.get(state) ?? 0) + times);
    }
  }
  return entered;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

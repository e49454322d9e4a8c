import type { AnyStateMachine } from 'xstate';
import { reportOf, type CoverageReport } from './coverage-report.ts';
import { edgesTaken } from './edges-taken.ts';
import { toGraph, type StatechartGraph } from './graph.ts';
import { lineOf } from './state-path.ts';
import type { PathStep } from './run.ts';

/** Begins to record which states and edges of a machine are visited. */
export function coverage(machine: AnyStateMachine | StatechartGraph): PathCoverage {
  return new PathCoverage('nodes' in machine ? machine : toGraph(machine));
}

/** A way that was taken, and how often. */
export interface Walked {
  step: Pick<PathStep, 'event' | 'from' | 'to'>;
  times: number;
}

/**
 * Counts the ways of many runs. Edges are found from where the machine stood before and after an event, so that a
 * recorded history can be counted as well as a run; several guards on one event between the same states count as one.
 */
export class PathCoverage {
  readonly graph: StatechartGraph;
  private readonly starts = new Map<string, number>();
  private readonly walked = new Map<string, Walked>();

  constructor(graph: StatechartGraph) {
    this.graph = graph;
  }

  /** A run began in these states. */
  start(states: readonly string[]): void {
    for (const state of new Set(states.flatMap(lineOf))) this.starts.set(state, (this.starts.get(state) ?? 0) + 1);
  }

  /** Hand this to `onStep` of a run, or give it the rows of a history. */
  record(step: Walked['step']): void {
    const key = `${step.event ?? ''} ${step.from.join(' ')} > ${step.to.join(' ')}`;
    const known = this.walked.get(key);
    if (known === undefined) this.walked.set(key, { step, times: 1 });
    else known.times += 1;
  }

  /** The coverage so far; at `depth` 1 the top-level states and the edges among them. */
  report({ depth = Infinity }: { depth?: number } = {}): CoverageReport {
    const ways = [...this.walked.values()].map((way) => ({ ...way, edges: edgesTaken(this.graph, way.step) }));
    return reportOf(this.graph, this.starts, ways, depth);
  }
}

import type { AnyStateMachine } from 'xstate';
import { edgesTaken } from './edges-taken.ts';
import { conditionOf, toGraph, type GraphEdge, type StatechartGraph } from './graph.ts';
import { eventLabel } from './labels.ts';
import type { PathStep } from './run.ts';
import { isWithin } from './state-path.ts';

export interface Standing {
  /** The innermost active states. */
  states: readonly string[];
  /** The start and the steps from there, if they are known. */
  start?: readonly string[];
  path?: readonly PathStep[];
  /** Milliseconds of virtual time. */
  now?: number;
  machine?: AnyStateMachine;
}

/** Of a long way the end is drawn: it is what a reader needs. */
const MAX_STEPS = 12;
const MAX_EVENTS = 3;

/** A small text picture: the way up to here, where it stands, and the ways out. Those to `wanted` are marked. */
export function picture(standing: Standing, wanted?: string): string {
  const graph = standing.machine && toGraph(standing.machine);
  const here = standing.states.join(' & ');
  return [
    ...wayHere(standing, graph),
    row(standing.now, `● ${here}`),
    ...(graph ? waysOut(graph, standing, wanted) : []),
  ].join('\n');
}

function wayHere({ start, path = [] }: Standing, graph: StatechartGraph | undefined): string[] {
  if (start === undefined || path.length === 0) return [];
  const shown = withRepeats(path);
  const left = shown.length - MAX_STEPS;
  const last = shown.slice(-MAX_STEPS);
  const first = left > 0 ? row(undefined, `┊ ${left} steps before`) : row(0, `○ ${start.join(' & ')}`);
  const arrows = alignArrows(
    last.map(
      ({ step, times }) => `${step.event === null ? 'then' : eventLabel(step.event)}${times > 1 ? ` ×${times}` : ''}`,
    ),
  );
  return [
    first,
    ...last.map(({ step }, index) => row(step.at, `├─ ${arrows[index]} ${arrival(step, graph)}`)),
    row(undefined, '│'),
  ];
}

function arrival(step: PathStep, graph: StatechartGraph | undefined): string {
  const to = step.to.join(' & ');
  if (step.from.join(' & ') !== to) return to;
  const ignored = graph !== undefined && edgesTaken(graph, step).length === 0;
  return ignored ? `nothing: no edge from ${to} takes it` : `${to}, as before`;
}

/** The same event to the same place, again and again, is one line, at its last time. */
function withRepeats(path: readonly PathStep[]): { step: PathStep; times: number }[] {
  const rows: { step: PathStep; times: number }[] = [];
  for (const step of path) {
    const last = rows.at(-1);
    const repeats = last !== undefined && sameWay(last.step, step);
    rows.splice(repeats ? -1 : rows.length, repeats ? 1 : 0, { step, times: repeats ? last.times + 1 : 1 });
  }
  return rows;
}

function sameWay(one: PathStep, other: PathStep): boolean {
  return one.event === other.event && one.from.join() === other.from.join() && one.to.join() === other.to.join();
}

function waysOut(graph: StatechartGraph, { states }: Standing, wanted: string | undefined): string[] {
  const from = graph.edges.filter(
    (edge) => edge.source.startsWith('#') || states.some((state) => isWithin(state, edge.source)),
  );
  const out = from.filter((edge) => !edge.internal);
  const stays = from.filter((edge) => edge.internal).map(({ label }) => label);
  const arrows = alignArrows(out.map((edge) => few(edge.label, leadsTo(edge, wanted))));
  const lines = out.map(
    (edge, index) =>
      `├─ ${arrows[index]} ${edge.target}${leadsTo(edge, wanted) ? `  ◀ expected${condition(edge)}` : ''}`,
  );
  if (stays.length > 0) lines.push(`├─ stays by ${few(stays.join(', '))}`);
  if (lines.length === 0) lines.push('├─ no transitions');
  return lines.map((line, index) => row(undefined, index === lines.length - 1 ? line.replace('├', '╰') : line));
}

function leadsTo(edge: GraphEdge, wanted: string | undefined): boolean {
  return wanted !== undefined && (isWithin(edge.target, wanted) || isWithin(wanted, edge.target));
}

/** The condition of an edge that is never taken unconditionally. */
function condition({ transitions }: GraphEdge): string {
  const guards = conditionOf(transitions);
  return guards === null ? '' : `, if ${guards}`;
}

function few(label: string, whole = false): string {
  const events = label.split(', ');
  if (whole || events.length <= MAX_EVENTS + 1) return label;
  return `${events.slice(0, MAX_EVENTS).join(', ')} and ${events.length - MAX_EVENTS} more`;
}

function alignArrows(labels: string[]): string[] {
  const width = Math.max(0, ...labels.map((label) => label.length));
  return labels.map((label) => `${label} ${'─'.repeat(width - label.length + 1)}▶`);
}

/** Time in seconds, to the millisecond, then the line. */
function row(ms: number | undefined, line: string): string {
  const time = ms === undefined ? '' : `${(ms / 1000).toFixed(3)} s`;
  return `${time.padStart(12)}  ${line}`;
}

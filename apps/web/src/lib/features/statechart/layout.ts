import dagre from '@dagrejs/dagre';
import { STATES, topOf, USUAL, type DrawnEdge, type StateId } from './chart.ts';

interface Size {
  width: number;
  height: number;
}
export interface Box extends Size {
  x: number;
  y: number;
}
export interface Point {
  x: number;
  y: number;
}
interface Line {
  points: Point[];
  /** The middle of its label. */
  label: Point;
}
export interface Layout {
  /** Top left corners, in pixels of the drawing; those of inner states too. */
  states: Record<StateId, Box>;
  /** By id of the edge. */
  edges: Map<string, Line>;
  width: number;
  height: number;
}

const STATE = { width: 168, height: 46 };
const INNER = { width: 116, height: 34 };
/** Around the inner states, and above them for the name of the state around them. */
const PAD = 16;
const HEAD = 40;

/** Places states and edges: the inside of `agentActive` first, then the top level with a box of that size. */
export function layOut(edges: readonly DrawnEdge[], labelOf: (edge: DrawnEdge) => Size): Layout {
  const inner = arrange(
    Object.keys(STATES).filter((id) => topOf(id) !== id),
    () => INNER,
    edges.filter(({ id, source, target }) => topOf(source) === topOf(target) && USUAL[id] !== undefined),
    labelOf,
    'TB',
  );
  const group = { width: inner.width + 2 * PAD, height: inner.height + HEAD + PAD };
  const outer = arrange(
    Object.keys(STATES).filter((id) => topOf(id) === id),
    (id) => (id === 'agentActive' ? group : STATE),
    edges.filter(({ source, target }) => topOf(source) !== topOf(target)),
    labelOf,
    'TB',
  );
  const corner = outer.states.get('agentActive') ?? { x: 0, y: 0, ...group };
  const by = { x: corner.x + PAD, y: corner.y + HEAD };
  const place = (id: string): Box => {
    const box = outer.states.get(id);
    if (box) return box;
    const inside = inner.states.get(id) ?? { x: 0, y: 0, ...INNER };
    return { ...inside, x: inside.x + by.x, y: inside.y + by.y };
  };
  const moved = [...inner.edges].map(([id, { points, label }]): [string, Line] => [
    id,
    { points: points.map((point) => shift(point, by)), label: shift(label, by) },
  ]);
  return {
    states: {
      agentActive: place('agentActive'),
      'agentActive.idle': place('agentActive.idle'),
      'agentActive.gathering': place('agentActive.gathering'),
      'agentActive.replying': place('agentActive.replying'),
      'agentActive.sending': place('agentActive.sending'),
      humanActive: place('humanActive'),
      humanPriorityWindow: place('humanPriorityWindow'),
      agentDisabled: place('agentDisabled'),
    },
    edges: new Map([
      ...edges.map((edge): [string, Line] => [edge.id, bow(place(edge.source), place(edge.target))]),
      ...outer.edges,
      ...moved,
    ]),
    width: outer.width,
    height: outer.height,
  };
}

/** How far the bow of an unusual edge stands off. */
const BOW = 14;

/** Unusual edges inside a state have no room of their own: they are drawn only when they were taken, along the side. */
function bow(from: Box, to: Box): Line {
  const x = Math.min(from.x, to.x) - BOW;
  const start = { x: from.x, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  return { points: [start, { x, y: start.y }, { x, y: end.y }, end], label: { x, y: (start.y + end.y) / 2 } };
}

const shift = (point: Point, by: Point): Point => ({ x: point.x + by.x, y: point.y + by.y });

function arrange(
  states: string[],
  sizeOf: (id: string) => { width: number; height: number },
  edges: readonly DrawnEdge[],
  labelOf: (edge: DrawnEdge) => Size,
  rankdir: 'LR' | 'TB',
) {
  // dagre writes what it finds into the labels that it is given.
  const whole = { rankdir, nodesep: 24, ranksep: 24, edgesep: 12, marginx: 6, marginy: 4, width: 0, height: 0 };
  const middles = new Map(states.map((id) => [id, { ...sizeOf(id), x: 0, y: 0 }]));
  const lines = new Map(edges.map((edge) => [edge.id, { ...room(edge, labelOf), points: noPoints(), x: 0, y: 0 }]));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph(whole);
  for (const [id, middle] of middles) graph.setNode(id, middle);
  for (const { id, source, target } of edges) graph.setEdge(source, target, lines.get(id), id);
  dagre.layout(graph);
  return {
    width: whole.width,
    height: whole.height,
    states: new Map(
      [...middles].map(([id, { x, y, width, height }]): [string, Box] => [
        id,
        { x: x - width / 2, y: y - height / 2, width, height },
      ]),
    ),
    edges: new Map([...lines].map(([id, { points, x, y }]): [string, Line] => [id, { points, label: { x, y } }])),
  };
}

/** Usual edges are kept straight, and have room for their labels. */
function room(edge: DrawnEdge, labelOf: (edge: DrawnEdge) => Size) {
  const usual = USUAL[edge.id] !== undefined;
  return { ...(usual ? labelOf(edge) : NO_LABEL), labelpos: 'c', weight: usual ? 4 : 1 };
}

const NO_LABEL: Size = { width: 0, height: 0 };
const noPoints = (): Point[] => [];

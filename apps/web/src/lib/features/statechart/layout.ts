import dagre from '@dagrejs/dagre';
import { STATES, topOf, USUAL, type StateId, type Way } from './chart.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
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
export interface Placed {
  /** Top left corners, in pixels of the drawing; those of inner states too. */
  states: Record<StateId, Box>;
  /** By id of the way. */
  ways: Map<string, Line>;
  width: number;
  height: number;
}

const STATE = { width: 168, height: 46 };
const INNER = { width: 116, height: 34 };
/** Around the inner states, and above them for the name of the state around them. */
const PAD = 16;
const HEAD = 40;

/** Places states and ways: the inside of `agentActive` first, then the top level with a box of that size. */
export function layOut(ways: readonly Way[], labelWidth: (way: Way) => number): Placed {
  const inner = arrange(
    Object.keys(STATES).filter((id) => topOf(id) !== id),
    () => INNER,
    ways.filter(({ id, source, target }) => topOf(source) === topOf(target) && USUAL[id] !== undefined),
    labelWidth,
    'TB',
  );
  const group = { width: inner.width + 2 * PAD, height: inner.height + HEAD + PAD };
  const outer = arrange(
    Object.keys(STATES).filter((id) => topOf(id) === id),
    (id) => (id === 'agentActive' ? group : STATE),
    ways.filter(({ source, target }) => topOf(source) !== topOf(target)),
    labelWidth,
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
  const moved = [...inner.ways].map(([id, { points, label }]): [string, Line] => [
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
    ways: new Map([
      ...ways.map((way): [string, Line] => [way.id, bow(place(way.source), place(way.target))]),
      ...outer.ways,
      ...moved,
    ]),
    width: outer.width,
    height: outer.height,
  };
}

/** How far the bow of an unusual way stands off. */
const BOW = 14;

/** Unusual ways inside a state have no room of their own: they are drawn only when they were taken, along the side. */
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
  ways: readonly Way[],
  labelWidth: (way: Way) => number,
  rankdir: 'LR' | 'TB',
) {
  // dagre writes what it finds into the labels that it is given.
  const whole = { rankdir, nodesep: 24, ranksep: 24, edgesep: 12, marginx: 6, marginy: 4, width: 0, height: 0 };
  const middles = new Map(states.map((id) => [id, { ...sizeOf(id), x: 0, y: 0 }]));
  const lines = new Map(ways.map((way) => [way.id, { ...room(way, labelWidth), points: noPoints(), x: 0, y: 0 }]));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph(whole);
  for (const [id, middle] of middles) graph.setNode(id, middle);
  for (const { id, source, target } of ways) graph.setEdge(source, target, lines.get(id), id);
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
    ways: new Map([...lines].map(([id, { points, x, y }]): [string, Line] => [id, { points, label: { x, y } }])),
  };
}

/** Usual ways are kept straight, and have room for their words. */
function room(way: Way, labelWidth: (way: Way) => number) {
  const usual = USUAL[way.id] !== undefined;
  return { width: usual ? labelWidth(way) : 0, height: usual ? 18 : 0, labelpos: 'c', weight: usual ? 4 : 1 };
}

const noPoints = (): Point[] => [];

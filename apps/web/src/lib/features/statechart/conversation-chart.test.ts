import { conversationMachine } from '@baton/conversation';
import { toGraph, toMermaid } from '@baton/statechart-kit';
import { expect, test } from 'vitest';
import chart from './conversation-chart.json';
import { STATES, USUAL, drawnWays } from './chart.ts';

/** All that the web app knows of the machine: plain data, so that XState stays out of its bundle. */
function read() {
  const graph = toGraph(conversationMachine);
  const mermaid = toMermaid(graph, { lift: true });
  const leaves = graph.nodes.filter(({ kind }) => kind === 'atomic').map(({ id }) => id);
  return {
    nodes: graph.nodes.map(({ id, label, parent, initial }) => ({ id, label, parent, initial })),
    edges: graph.edges.map(({ source, target, internal, transitions }) => ({
      source,
      target,
      internal,
      events: [...new Set(transitions.map(({ event }) => event))],
    })),
    mermaid,
    /** What the text ends with, by where the conversation stands. */
    mermaidActive: Object.fromEntries(
      leaves.map((leaf) => [leaf, toMermaid(graph, { lift: true, active: leaf }).slice(mermaid.length)]),
    ),
  };
}

test('the picture in the app is the machine that runs; `npx vitest run -u` of this file draws it anew', async () => {
  await expect(`${JSON.stringify(read(), null, 2)}\n`).toMatchFileSnapshot('./conversation-chart.json');
  expect(chart).toEqual(read());
});

test('every state of the machine has its place and its words in the picture', () => {
  expect(Object.keys(STATES).toSorted()).toEqual(chart.nodes.map(({ id }) => id).toSorted());
});

test('the usual ways are ways of the machine', () => {
  const ways = new Map(drawnWays.map((way) => [way.id, way.events]));
  for (const [id, event] of Object.entries(USUAL)) expect(ways.get(id), id).toContain(event);
});

test('every handover of the machine is drawn', () => {
  const top = (id: string) => id.split('.')[0];
  for (const { source, target, events, internal } of chart.edges) {
    if (internal) continue;
    const drawn = drawnWays.find(
      (way) =>
        (way.source === source && way.target === target) ||
        (top(source) !== top(target) && way.source === top(source) && way.target === top(target)),
    );
    expect(drawn?.events, `${source} -> ${target}`).toEqual(expect.arrayContaining(events));
  }
});

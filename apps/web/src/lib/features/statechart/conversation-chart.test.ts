import { conversationMachine } from '@baton/conversation';
import { conditionOf, toGraph, toMermaid } from '@baton/statechart-kit';
import { expect, test } from 'vitest';
import chart from './conversation-chart.json';
import { drawnEdges, guardOf, STATES, USUAL } from './chart.ts';

/** The machine as plain data, which keeps XState out of the web app's bundle. */
function read() {
  const graph = toGraph(conversationMachine);
  const mermaid = toMermaid(graph, { lift: true, guards: true });
  const leaves = graph.nodes.filter(({ kind }) => kind === 'atomic').map(({ id }) => id);
  return {
    nodes: graph.nodes.map(({ id, label, parent, initial }) => ({ id, label, parent, initial })),
    edges: graph.edges.map(({ source, target, internal, transitions }) => ({
      source,
      target,
      internal,
      events: [...new Set(transitions.map(({ event }) => event))].map((event) => ({
        event,
        guard: conditionOf(transitions.filter((transition) => transition.event === event)),
      })),
    })),
    mermaid,
    /** The end of the text, by the leaf that is active. */
    mermaidActive: Object.fromEntries(
      leaves.map((leaf) => [leaf, toMermaid(graph, { lift: true, guards: true, active: leaf }).slice(mermaid.length)]),
    ),
  };
}

test('draws the machine that runs; `npx vitest run FILE -u` updates the picture', async () => {
  await expect(`${JSON.stringify(read(), null, 2)}\n`).toMatchFileSnapshot('./conversation-chart.json');
  expect(chart).toEqual(read());
});

test('lists every state of the machine', () => {
  expect(Object.keys(STATES).toSorted()).toEqual(chart.nodes.map(({ id }) => id).toSorted());
});

test('finds every usual event on an edge of the machine', () => {
  const edges = new Map(drawnEdges.map(({ id, events }) => [id, events.map(({ event }) => event)]));
  for (const [id, event] of Object.entries(USUAL)) expect(edges.get(id), id).toContain(event);
});

test('draws every handover of the machine', () => {
  const top = (id: string) => id.split('.')[0];
  for (const { source, target, events, internal } of chart.edges) {
    if (internal) continue;
    const drawn = drawnEdges.find(
      (edge) =>
        (edge.source === source && edge.target === target) ||
        (top(source) !== top(target) && edge.source === top(source) && edge.target === top(target)),
    );
    const names = (all: typeof events | undefined) => all?.map(({ event }) => event);
    expect(names(drawn?.events), `${source} -> ${target}`).toEqual(expect.arrayContaining(names(events) ?? []));
  }
});

test('finds the guard of a stored transition, and none for one without leaves', () => {
  expect(guardOf('agentActive.replying', 'humanActive', 'human.typing')).toBe('someoneIsWriting');
  expect(guardOf('humanActive', 'agentDisabled', 'replies.disabled')).toBeNull();
  expect(guardOf('humanPriorityWindow', 'agentActive.gathering', 'deadline.passed')).toContain('customerIsWaiting');
  expect(guardOf(null, null, 'human.typing')).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { toGraph, toMermaid, type StatechartGraph } from '../src/index.ts';
import { readMermaid } from './read-mermaid.ts';
import { ticketMachine } from './ticket.ts';
import { zooMachine } from './zoo.ts';

describe('the Mermaid text of a machine', () => {
  test('draws states in states, their edges, where they begin and end', () => {
    expect(toMermaid(ticketMachine)).toMatchInlineSnapshot(`
      "stateDiagram-v2
        [*] --> open
        state "open" as open {
          [*] --> open_new
          state "new" as open_new
          state "urgent" as open_urgent
          open_new --> open_urgent: escalate
        }
        state "waiting" as waiting
        state "reminded" as reminded
        state "closed" as closed
        open --> waiting: answer
        waiting --> open: reply
        waiting --> closed: close
        waiting --> reminded: after 1 h
        reminded --> open: reply
        reminded --> reminded: after 24 h
        reminded --> closed: always
        closed --> [*]
      "
    `);
  });

  test('marks where the machine stands, what is highlighted, guards and what happens inside', () => {
    const options = {
      active: { open: 'urgent' },
      highlight: ['waiting', 'waiting -> open'],
      guards: true,
      internal: true,
      direction: 'LR',
    } as const;
    const drawn = toMermaid(ticketMachine, options);
    expect(drawn).toContain('direction LR');
    expect(drawn).toContain('class open_urgent active');
    expect(drawn).toContain('class waiting highlight');
    expect(drawn).toContain('waiting --> open: ▶ reply');
    expect(drawn).toContain('reminded --> closed: always [remindedTwice]');
    expect(toMermaid(zooMachine, { internal: true })).toContain('open_lion --> open_lion: any event');
    expect(toMermaid(ticketMachine, { active: 'open.urgent' })).toBe(
      toMermaid(ticketMachine, { active: { open: 'urgent' } }),
    );
  });

  test('draws parallel regions, history and the machine itself', async () => {
    await expect(toMermaid(zooMachine, { guards: true })).toMatchFileSnapshot('fixtures/zoo.mmd');
  });

  test('folds deeper states, with the fold lit where the machine stands inside it', () => {
    const drawn = toMermaid(ticketMachine, { depth: 1, active: { open: 'urgent' } });
    expect(drawn).not.toContain('urgent');
    expect(drawn).toContain('class open active');
  });

  test('takes a graph that came as JSON', () => {
    const graph = JSON.parse(JSON.stringify(toGraph(zooMachine))) as StatechartGraph;
    expect(toMermaid(graph)).toBe(toMermaid(zooMachine));
  });

  test('holds each state and each edge once, and every edge among siblings or at the top', () => {
    for (const machine of [ticketMachine, zooMachine]) {
      const graph = toGraph(machine);
      const drawn = readMermaid(toMermaid(machine));
      expect(drawn.states).toHaveLength(graph.nodes.length);
      expect(new Set(drawn.states.map(({ id }) => id)).size).toBe(graph.nodes.length);
      expect(drawn.edges).toHaveLength(graph.edges.filter(({ internal }) => !internal).length);
      const blocks = new Map(drawn.states.map(({ id, block }) => [id, block]));
      for (const { source, target, block } of drawn.edges) {
        if (block !== '') expect([blocks.get(source), blocks.get(target)]).toEqual([block, block]);
        expect([blocks.has(source), blocks.has(target)]).toEqual([true, true]);
      }
    }
  });

  test('survives names that mean something to Mermaid', () => {
    const hostile = setup({ types: { events: {} as { type: string } } }).createMachine({
      id: 'hostile',
      initial: 'end',
      states: {
        end: { on: { 'a: b; c #1 %% "d"\n--> [*] <script>&`{}\\n': 'state' } },
        state: { on: { ok: 'ä b' } },
        'ä b': { on: { ok: 'ä-b' } },
        'ä-b': { on: { ok: '1' } },
        '1': { on: { ok: 'end' } },
      },
    });
    const drawn = readMermaid(toMermaid(hostile));
    expect(drawn.states.map(({ id }) => id)).toEqual(['s_1', 's_end', 's_state', 's___b', 's___b_2']);
    expect(drawn.edges[1]?.label).toBe(
      'a#58; b#59; c #35;1 #37;#37; #34;d#34; --#62; [*] #60;script#62;#38;#96;#123;#125;#92;n',
    );
  });
});

import { setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import { collapse, lift, toGraph } from '../src/index.ts';
import { ticketMachine } from './ticket.ts';
import { zooMachine } from './zoo.ts';

const zoo = toGraph(zooMachine);
const edge = (id: string) => zoo.edges.find((it) => it.id === id);

describe('the graph of a machine', () => {
  test('holds the states in the order of the source, each with the one around it', () => {
    expect(toGraph(ticketMachine).nodes.map(({ id, parent, kind, initial }) => [id, parent, kind, initial])).toEqual([
      ['open', null, 'compound', true],
      ['open.new', 'open', 'atomic', true],
      ['open.urgent', 'open', 'atomic', false],
      ['waiting', null, 'atomic', false],
      ['reminded', null, 'atomic', false],
      ['closed', null, 'final', false],
    ]);
  });

  test('knows parallel, history and final states, and the machine itself where edges touch it', () => {
    const kinds = Object.fromEntries(zoo.nodes.map(({ id, kind }) => [id, kind]));
    expect(kinds).toMatchObject({
      '#zoo': 'compound',
      open: 'parallel',
      'open.lion.hist': 'history',
      'open.lion.fed': 'final',
    });
    expect(zoo.nodes.filter(({ initial }) => initial).map(({ id }) => id)).toEqual([
      'open',
      'open.lion',
      'open.lion.asleep',
      'open.gate',
      'open.gate.shut',
    ]);
    expect(zoo.nodes.find(({ id }) => id === 'open')?.parent).toBe('#zoo');
  });

  test('joins transitions between the same states into one edge, with guards and actions in words', () => {
    expect(edge('open.lion.awake -> open.lion.fed')?.transitions).toEqual([
      { event: 'feed', guard: '(isHungry and not isOlderThan(12))', actions: ['feed'] },
    ]);
    expect(edge('open.lion.awake -> open.lion.asleep')?.transitions.map(({ guard }) => guard)).toEqual([
      'in open.gate.shut',
      'inline',
    ]);
    expect(edge('#zoo -> #zoo (internal)')?.transitions).toEqual([
      { event: 'note.*', guard: null, actions: ['tell(whom: keeper, how: softly)'] },
    ]);
  });

  test('names what XState does by itself: always, delays, done and actors', () => {
    expect(edge('open.gate.ajar -> open.gate.wide')?.label).toBe('always');
    expect(edge('open.lion.asleep -> open.lion.awake')?.label).toBe('after 1500 ms, after nap');
    expect(edge('open -> end')?.label).toBe('done');
    expect(edge('sick -> open')?.label).toBe('done of 0.zoo.sick');
    expect(edge('sick -> end')?.label).toBe('error of 0.zoo.sick');
    expect(edge('open.lion -> open.lion (internal)')?.label).toBe('any event');
    expect(zoo.nodes.find(({ id }) => id === 'open.lion.asleep')?.entry).toEqual([]);
    expect(zoo.nodes.find(({ id }) => id === 'sick')?.entry).toEqual(['feed', 'raise']);
  });

  test('tells entering a state anew from staying in it', () => {
    expect(edge('sick -> sick')?.internal).toBe(false);
    expect(edge('#zoo -> #zoo')?.label).toBe('rename');
    const stays = setup({}).createMachine({ initial: 'a', states: { a: { on: { poke: 'a' } } } });
    expect(toGraph(stays).edges).toMatchObject([{ source: 'a', target: 'a', internal: true }]);
  });

  test('is plain JSON, and the same each time', () => {
    expect(JSON.parse(JSON.stringify(zoo))).toEqual(zoo);
    expect(toGraph(zooMachine)).toEqual(zoo);
    const ends = new Set(zoo.nodes.map(({ id }) => id));
    expect(zoo.edges.filter(({ source, target }) => !ends.has(source) || !ends.has(target))).toEqual([]);
    expect(new Set(zoo.edges.map(({ id }) => id)).size).toBe(zoo.edges.length);
  });
});

describe('a graph seen from further away', () => {
  test('folds inner states into the one around them and joins their edges', () => {
    const top = collapse(toGraph(ticketMachine), 1);
    expect(top.nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['open', 'atomic'],
      ['waiting', 'atomic'],
      ['reminded', 'atomic'],
      ['closed', 'final'],
    ]);
    expect(top.edges.map(({ id }) => id)).not.toContain('open -> open');
  });

  test('keeps what is not deeper, and the whole where nothing is', () => {
    expect(collapse(zoo, 2).nodes.map(({ id }) => id)).toContain('open.lion');
    expect(collapse(zoo, 2).nodes.map(({ id }) => id)).not.toContain('open.lion.asleep');
    expect(collapse(zoo, 9)).toEqual(zoo);
  });
});

describe('a graph with fewer lines', () => {
  const door = setup({ types: { events: {} as { type: 'burn' | 'push' } } }).createMachine({
    id: 'door',
    initial: 'whole',
    states: {
      whole: {
        initial: 'shut',
        states: {
          shut: { on: { burn: 'gone', push: 'ajar' } },
          ajar: { on: { burn: 'gone', push: 'shut' } },
          gone: {},
        },
      },
      gone: {},
    },
  });

  test('draws what leads out of every inner state once, and the rest as it is', () => {
    const inner = setup({ types: { events: {} as { type: 'burn' | 'lock' } } }).createMachine({
      initial: 'whole',
      states: {
        whole: {
          initial: 'shut',
          states: {
            shut: { on: { burn: { target: '#gone', actions: () => {} }, lock: '#gone' } },
            ajar: { on: { burn: '#gone' } },
          },
        },
        gone: { id: 'gone' },
      },
    });
    expect(lift(toGraph(inner)).edges.map(({ id, label, transitions }) => [id, label, transitions.length])).toEqual([
      ['whole.shut -> gone', 'lock', 1],
      ['whole -> gone', 'burn', 2],
    ]);
  });

  test('leaves alone what leads elsewhere inside', () => {
    expect(lift(toGraph(door))).toEqual(toGraph(door));
    expect(
      lift(zoo)
        .edges.map(({ id }) => id)
        .toSorted(),
    ).toEqual(zoo.edges.map(({ id }) => id).toSorted());
  });
});

import { and, assign, fromPromise, not, raise, setup, stateIn } from 'xstate';

/** One of each kind that a machine may hold: what the drawings have to cope with. */
export const zooMachine = setup({
  types: { context: {} as { fed: number }, events: {} as { type: string } },
  guards: { isHungry: () => true, isOlderThan: (_, _params: { years: number }) => true, never: () => false },
  actions: { feed: assign({ fed: 1 }), tell: (_, _params: { whom: string; how: string }) => {} },
  actors: { vet: fromPromise(() => Promise.resolve('healthy')) },
  delays: { nap: 90_000 },
}).createMachine({
  id: 'zoo',
  context: { fed: 0 },
  initial: 'open',
  on: {
    alarm: { target: '.end', reenter: true },
    'note.*': { actions: { type: 'tell', params: { whom: 'keeper', how: 'softly' } } },
    rename: { target: '#zoo', reenter: true },
  },
  states: {
    open: {
      type: 'parallel',
      onDone: 'end',
      states: {
        lion: {
          initial: 'asleep',
          states: {
            asleep: { after: { nap: 'awake', 1500: { guard: 'never', target: 'awake' } } },
            awake: {
              on: {
                feed: [
                  {
                    guard: and(['isHungry', not({ type: 'isOlderThan', params: { years: 12 } })]),
                    target: 'fed',
                    actions: 'feed',
                  },
                  { guard: stateIn({ open: { gate: 'shut' } }), target: 'asleep' },
                  { guard: () => false, target: 'asleep' },
                ],
              },
            },
            fed: { type: 'final' },
            hist: { type: 'history' },
          },
          on: { '*': { actions: () => {} } },
        },
        gate: {
          initial: 'shut',
          states: {
            shut: { on: { knock: 'ajar' } },
            ajar: { always: 'wide' },
            wide: { on: { close: 'shut', back: '#zoo.open.lion.hist' } },
          },
        },
      },
    },
    sick: {
      entry: ['feed', raise({ type: 'cough' }, { delay: 50, id: 'cough' })],
      invoke: { src: 'vet', onDone: 'open', onError: 'end' },
      on: { cough: { target: 'sick', reenter: true } },
    },
    end: {},
  },
});

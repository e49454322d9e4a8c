import { assign, setup } from 'xstate';

/** A support ticket: what the guide draws, drives and tests. */
export const ticketMachine = setup({
  types: {
    context: {} as { reminders: number },
    events: {} as { type: 'answer' } | { type: 'reply' } | { type: 'escalate' } | { type: 'close' },
  },
  guards: { remindedTwice: ({ context }) => context.reminders >= 2 },
  actions: {
    remind: assign({ reminders: ({ context }) => context.reminders + 1 }),
    forget: assign({ reminders: 0 }),
    notifyTeam: () => {},
  },
}).createMachine({
  id: 'ticket',
  context: { reminders: 0 },
  initial: 'open',
  states: {
    open: {
      initial: 'new',
      states: {
        new: { on: { escalate: { target: 'urgent', actions: 'notifyTeam' } } },
        urgent: {},
      },
      on: { answer: 'waiting' },
    },
    waiting: {
      entry: 'forget',
      after: { 3_600_000: { target: 'reminded', actions: 'remind' } },
      on: { reply: 'open', close: 'closed' },
    },
    reminded: {
      always: { guard: 'remindedTwice', target: 'closed' },
      after: { 86_400_000: { target: 'reminded', reenter: true, actions: 'remind' } },
      on: { reply: 'open' },
    },
    closed: { type: 'final' },
  },
});

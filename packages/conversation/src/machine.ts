import { assign, setup } from 'xstate';
import * as conditions from './conditions.ts';
import type { EventType } from './events.ts';
import { initialFacts, type Facts, type Rules } from './facts.ts';
import { TRANSITIONS } from './transitions.ts';

/** An event as the machine gets it: with the facts that it leads to, computed once by `reduce`. */
export interface AppliedEvent {
  type: EventType;
  after: Facts;
}

/** A guard asks a condition of the facts after the event. */
const guard =
  (condition: (facts: Facts) => boolean) =>
  ({ event }: { event: AppliedEvent }): boolean =>
    condition(event.after);

/** The statechart of one conversation: guards decide in `TRANSITIONS` where each event leads. */
export const conversationMachine = setup({
  /* oxlint-disable typescript/no-unsafe-type-assertion -- XState takes its types from values that are never read */
  types: {
    context: {} as Facts,
    events: {} as AppliedEvent,
    input: {} as { agentId: string; rules: Rules } | undefined,
  },
  /* oxlint-enable typescript/no-unsafe-type-assertion */
  guards: {
    repliesAreOff: guard(conditions.repliesAreOff),
    someoneIsWriting: guard(conditions.someoneIsWriting),
    windowIsRunning: guard(conditions.windowIsRunning),
    agentIsPaused: guard(conditions.agentIsPaused),
    teammateIsNeeded: guard(conditions.teammateIsNeeded),
    agentIsLooping: guard(conditions.agentIsLooping),
    customerIsWaiting: guard(conditions.customerIsWaiting),
    instructionIsGiven: guard(conditions.instructionIsGiven),
    isGathering: guard(conditions.isGathering),
    isReplying: guard(conditions.isReplying),
    replyIsPending: guard(conditions.replyIsPending),
  },
  actions: {
    /** The facts after the event become those of the conversation. */
    apply: assign(({ event }) => event.after),
    /** Effects: the runtime carries them out once the step is committed. */
    startReply: () => {},
    abortReply: () => {},
  },
}).createMachine({
  id: 'conversation',
  context: ({ input }) => initialFacts(input),
  initial: 'agentActive',
  states: {
    agentActive: {
      initial: 'idle',
      states: {
        idle: { on: TRANSITIONS['agentActive.idle'] },
        gathering: { on: TRANSITIONS['agentActive.gathering'] },
        replying: { entry: 'startReply', on: TRANSITIONS['agentActive.replying'] },
        sending: { on: TRANSITIONS['agentActive.sending'] },
      },
    },
    humanActive: { on: TRANSITIONS.humanActive },
    humanPriorityWindow: { on: TRANSITIONS.humanPriorityWindow },
    agentDisabled: { on: TRANSITIONS.agentDisabled },
  },
});

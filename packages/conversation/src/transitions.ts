import type { Leaf } from '@baton/protocol';
import type { EventType } from './events.ts';

/** The guards of the machine, in `setup()` of `machine.ts`. Each asks about the facts after the event. */
type Guard =
  | 'repliesAreOff'
  | 'someoneIsWriting'
  | 'windowIsRunning'
  | 'agentIsPaused'
  | 'teammateIsNeeded'
  | 'agentIsLooping'
  | 'customerIsWaiting'
  | 'instructionIsGiven'
  | 'isGathering'
  | 'isReplying'
  | 'replyIsPending';

interface Transition {
  guard?: Guard;
  /** Without a target the conversation stays where it stands. */
  target?: `#conversation.${Leaf}`;
  actions: 'apply' | ['abortReply', 'apply'];
}

/** Of one event's transitions, the first whose guard is true is taken. */
type Transitions = Transition | Transition[];

const stay: Transition = { actions: 'apply' };
const stayIf = (guard: Guard): Transition => ({ guard, actions: 'apply' });
const to = (target: Leaf): Transition => ({ target: `#conversation.${target}`, actions: 'apply' });
const toIf = (guard: Guard, target: Leaf): Transition => ({ guard, ...to(target) });
/** The same transitions where they cut a reply short (TURN-3). */
const aborting = (...transitions: Transition[]): Transition[] =>
  transitions.map((transition) => ({ ...transition, actions: ['abortReply', 'apply'] }));

/** The agent holds and is doing nothing: it gathers where a reply is asked for and it may answer (TURN-5). */
const agentStarts = [
  toIf('agentIsPaused', 'agentActive.idle'),
  toIf('teammateIsNeeded', 'agentActive.idle'),
  toIf('customerIsWaiting', 'agentActive.gathering'),
  toIf('instructionIsGiven', 'agentActive.gathering'),
  to('agentActive.idle'),
];

/** The agent is free to gather: a customer message starts that, also where it gave up on an earlier one. */
const questionArrives = [stayIf('agentIsPaused'), stayIf('agentIsLooping'), to('agentActive.gathering')];

/** The agent's next phase when one ends. */
const nextPhase = [
  toIf('isGathering', 'agentActive.gathering'),
  toIf('replyIsPending', 'agentActive.sending'),
  to('agentActive.idle'),
];

/** Nobody is writing: a window runs, or the agent comes to hold (HOLD-5, HOLD-8). */
const windowOrAgent = [toIf('windowIsRunning', 'humanPriorityWindow'), ...agentStarts];

/** These never change who holds, nor what the agent is doing (HOLD-15). */
const teamwork = {
  'message.recorded': stay,
  'conversation.reopened': stay,
  'conversation.snoozed': stay,
  'conversation.assigned': stay,
} satisfies Partial<Record<EventType, Transitions>>;

/** Reports of the agent's worker that come too late: no reply of their turn is being made (TURN-4). */
const lateReplies = {
  'reply.ready': stay,
  'reply.handoff': stay,
  'reply.failed': stay,
} satisfies Partial<Record<EventType, Transitions>>;

/** While people hold, the customer (HOLD-9) and the agent's deliveries change nothing. */
const whilePeopleHold = {
  ...teamwork,
  ...lateReplies,
  'customer.message': stay,
  'reply.claimed': stay,
  'reply.undelivered': stay,
  'conversation.closed': stay,
} satisfies Partial<Record<EventType, Transitions>>;

/** Acts of people that interrupt the agent in the same way in every phase. */
const whileAgentHolds = {
  ...teamwork,
  'human.stopped': stay,
  'human.typing': [toIf('someoneIsWriting', 'humanActive'), stay],
  'human.message': [toIf('windowIsRunning', 'humanPriorityWindow'), ...agentStarts],
  'replies.disabled': to('agentDisabled'),
  'rules.changed': [toIf('someoneIsWriting', 'humanActive'), toIf('agentIsPaused', 'agentActive.idle'), stay],
  'agent.changed': [toIf('someoneIsWriting', 'humanActive'), ...agentStarts],
  'conversation.closed': to('agentActive.idle'),
} satisfies Partial<Record<EventType, Transitions>>;

/** Every leaf, every event: where it may lead. The compiler demands each cell; `docs/statechart.md` prints them. */
export const TRANSITIONS = {
  'agentActive.idle': {
    ...whileAgentHolds,
    ...lateReplies,
    'customer.message': questionArrives,
    'rules.changed': [toIf('someoneIsWriting', 'humanActive'), ...agentStarts],
    'replies.enabled': agentStarts,
    'deadline.passed': stay,
    'reply.claimed': stay,
    'reply.undelivered': [toIf('replyIsPending', 'agentActive.sending'), ...agentStarts],
  },
  'agentActive.gathering': {
    ...whileAgentHolds,
    ...lateReplies,
    'customer.message': stay,
    'replies.enabled': stay,
    'deadline.passed': [
      stayIf('isGathering'),
      toIf('isReplying', 'agentActive.replying'),
      toIf('replyIsPending', 'agentActive.sending'),
      to('agentActive.idle'),
    ],
    'reply.claimed': stay,
    'reply.undelivered': stay,
  },
  'agentActive.replying': {
    ...whileAgentHolds,
    'customer.message': [stayIf('isReplying'), ...aborting(to('agentActive.gathering'))],
    'human.typing': [...aborting(toIf('someoneIsWriting', 'humanActive')), stay],
    'human.message': aborting(...whileAgentHolds['human.message']),
    'replies.disabled': aborting(to('agentDisabled')),
    'replies.enabled': [stayIf('isReplying'), ...aborting(to('agentActive.gathering'))],
    'rules.changed': [
      ...aborting(toIf('someoneIsWriting', 'humanActive'), toIf('agentIsPaused', 'agentActive.idle')),
      stay,
    ],
    'agent.changed': aborting(...whileAgentHolds['agent.changed']),
    'deadline.passed': [stayIf('isReplying'), ...aborting(...nextPhase)],
    'reply.ready': [stayIf('isReplying'), ...nextPhase],
    'reply.handoff': [toIf('repliesAreOff', 'agentDisabled'), stay],
    'reply.failed': [stayIf('isReplying'), ...nextPhase],
    'reply.claimed': stay,
    'reply.undelivered': stay,
    'conversation.closed': aborting(to('agentActive.idle')),
  },
  'agentActive.sending': {
    ...whileAgentHolds,
    ...lateReplies,
    'customer.message': questionArrives,
    'replies.enabled': [toIf('isGathering', 'agentActive.gathering'), stay],
    'deadline.passed': stay,
    'reply.claimed': [toIf('isGathering', 'agentActive.gathering'), stayIf('replyIsPending'), to('agentActive.idle')],
    'reply.undelivered': [toIf('isGathering', 'agentActive.gathering'), stay],
  },
  humanActive: {
    ...whilePeopleHold,
    'human.typing': stay,
    'human.stopped': [stayIf('someoneIsWriting'), ...windowOrAgent],
    'human.message': [stayIf('someoneIsWriting'), ...windowOrAgent],
    'replies.disabled': to('agentDisabled'),
    'replies.enabled': [stayIf('someoneIsWriting'), ...agentStarts],
    'rules.changed': [stayIf('someoneIsWriting'), ...windowOrAgent],
    'agent.changed': [stayIf('someoneIsWriting'), ...windowOrAgent],
    'deadline.passed': [stayIf('someoneIsWriting'), ...windowOrAgent],
  },
  humanPriorityWindow: {
    ...whilePeopleHold,
    'human.typing': [toIf('someoneIsWriting', 'humanActive'), stay],
    'human.stopped': stay,
    'human.message': [stayIf('windowIsRunning'), ...agentStarts],
    'replies.disabled': to('agentDisabled'),
    'replies.enabled': agentStarts,
    'rules.changed': [toIf('someoneIsWriting', 'humanActive'), stayIf('windowIsRunning'), ...agentStarts],
    'agent.changed': [toIf('someoneIsWriting', 'humanActive'), stay],
    'deadline.passed': [stayIf('windowIsRunning'), ...agentStarts],
  },
  agentDisabled: {
    ...whilePeopleHold,
    'human.typing': stay,
    'human.stopped': stay,
    'human.message': stay,
    'replies.disabled': stay,
    'replies.enabled': [toIf('someoneIsWriting', 'humanActive'), ...agentStarts],
    'rules.changed': stay,
    'agent.changed': stay,
    'deadline.passed': stay,
  },
} satisfies Record<Leaf, Record<EventType, Transitions>>;

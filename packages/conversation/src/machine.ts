import { assign, setup } from 'xstate';
import { deriveLeaf, type Leaf } from './derive.ts';
import type { ConversationEvent, EventType } from './events.ts';
import { initialFacts, type Facts, type Rules } from './facts.ts';
import { reduce } from './reduce.ts';

/**
 * The statechart of one conversation. Its edges are explicit, so that the drawn graph shows every handover; each is
 * guarded by the one derivation of the facts that its event leads to. Where no edge fits, `step` throws.
 */
const conversationSetup = setup({
  types: {
    context: {} as Facts,
    events: {} as ConversationEvent,
    input: {} as { agentId: string; rules: Rules } | undefined,
  },
  guards: {
    leadsTo: ({ context, event }, { leaf }: { leaf: Leaf }) => deriveLeaf(factsAfter(context, event)) === leaf,
    raisesAt: ({ context, event }, { leaf }: { leaf: Leaf }) => {
      const after = factsAfter(context, event);
      return after.raised !== null && after.raised !== context.raised && deriveLeaf(after) === leaf;
    },
  },
  actions: {
    apply: assign(({ context, event }) => factsAfter(context, event)),
    /** A generation is due: the runtime makes it as durable work. */
    startReply: (_, _params: { turn: number }) => {},
    /** The ground of the reply under way is gone (TURN-3). */
    abortReply: (_, _params: { turn: number }) => {},
    /** The customer waits and the agent will not answer: the team is told, once. */
    raiseToTeam: (_, _params: { reason: string }) => {},
  },
});

/** Guards and `apply` ask for the same facts several times per event: they are computed once. */
const computed = new WeakMap<ConversationEvent, { before: Facts; after: Facts }>();

export function factsAfter(before: Facts, event: ConversationEvent): Facts {
  const known = computed.get(event);
  if (known?.before === before) return known.after;
  const after = reduce(before, event);
  computed.set(event, { before, after });
  return after;
}

const abortReply = {
  type: 'abortReply',
  params: ({ context }: { context: Facts }) => ({ turn: context.generation?.turn ?? context.turn }),
} as const;

const raiseToTeam = {
  type: 'raiseToTeam',
  params: ({ context }: { context: Facts }) => ({ reason: context.raised?.reason ?? context.off?.reason ?? '' }),
} as const;

const idle = 'agentActive.idle';
const gathering = 'agentActive.gathering';
const replying = 'agentActive.replying';
const sending = 'agentActive.sending';
const typing = 'humanActive';
const window = 'humanPriorityWindow';
const off = 'agentDisabled';
const agentActive = [idle, gathering, replying, sending] as const;

/** Events after which a generation is over by itself, so that nothing is left to abort. */
const ENDS_REPLY: readonly EventType[] = ['reply.ready', 'reply.handoff', 'reply.failed'];

/** Events by which the agent may give up on what waits. */
const GIVES_UP: readonly EventType[] = ['deadline.passed', 'reply.failed', 'reply.undelivered'];

interface Edge {
  target: string | undefined;
  guard: { type: 'leadsTo' | 'raisesAt'; params: { leaf: Leaf } };
  actions: ('apply' | typeof abortReply | typeof raiseToTeam)[];
}

function edgesBy(event: EventType, from: Leaf, to: Leaf): Edge[] {
  const params = { leaf: to };
  const target = from === to ? undefined : `#conversation.${to}`;
  const aborts = from === replying && to !== replying && !ENDS_REPLY.includes(event);
  const apply: Edge['actions'] = aborts ? [abortReply, 'apply'] : ['apply'];
  const plain: Edge = { target, guard: { type: 'leadsTo', params }, actions: apply };
  if (event === 'reply.handoff' && to === off) return [{ ...plain, actions: [...apply, raiseToTeam] }];
  if (!GIVES_UP.includes(event)) return [plain];
  return [{ target, guard: { type: 'raisesAt', params }, actions: [...apply, raiseToTeam] }, plain];
}

/** The edges out of one leaf: each event with every leaf it may lead to. */
function edges(from: Leaf, targets: Record<EventType, readonly Leaf[]>) {
  const entries = Object.entries(targets) as [EventType, readonly Leaf[]][];
  return Object.fromEntries(
    entries.map(([event, leaves]) => [event, leaves.flatMap((to) => edgesBy(event, from, to))]),
  );
}

/** What every leaf knows: an event that leads nowhere else is applied where it stands. */
function stays(leaf: Leaf): Record<EventType, readonly Leaf[]> {
  return {
    'customer.message': [leaf],
    'human.typing': [leaf],
    'human.stopped': [leaf],
    'human.message': [leaf],
    'message.recorded': [leaf],
    'replies.disabled': [leaf],
    'replies.enabled': [leaf],
    'rules.changed': [leaf],
    'agent.changed': [leaf],
    'deadline.passed': [leaf],
    'reply.ready': [leaf],
    'reply.handoff': [leaf],
    'reply.failed': [leaf],
    'reply.claimed': [leaf],
    'reply.undelivered': [leaf],
    'conversation.closed': [leaf],
    'conversation.reopened': [leaf],
    'conversation.snoozed': [leaf],
    'conversation.assigned': [leaf],
  };
}

/** Any moment of the agent may be cut short by people, and starts anew when its ground changes. */
function whileAgentHolds(leaf: Leaf): Record<EventType, readonly Leaf[]> {
  return {
    ...stays(leaf),
    'customer.message': [leaf, gathering],
    'human.typing': [leaf, typing],
    'human.message': [window, typing, idle, gathering],
    'replies.disabled': [off],
    'replies.enabled': [leaf, gathering],
    'rules.changed': [leaf, typing, idle, gathering],
    'agent.changed': [leaf, typing, window, idle, gathering],
    'deadline.passed': [leaf, ...agentActive.filter((other) => other !== leaf)],
    'reply.undelivered': [leaf, ...agentActive.filter((other) => other !== leaf)],
    'conversation.closed': [idle],
  };
}

/** A hold ends towards the agent, who gathers where somebody waits. */
const released = [idle, gathering] as const;

export const conversationMachine = conversationSetup.createMachine({
  id: 'conversation',
  context: ({ input }) => initialFacts(input),
  initial: 'agentActive',
  states: {
    agentActive: {
      initial: 'idle',
      states: {
        idle: { on: edges(idle, whileAgentHolds(idle)) },
        gathering: { on: edges(gathering, whileAgentHolds(gathering)) },
        replying: {
          entry: { type: 'startReply', params: ({ context }) => ({ turn: context.generation?.turn ?? 0 }) },
          on: edges(replying, {
            ...whileAgentHolds(replying),
            'reply.ready': [replying, sending, gathering, idle],
            'reply.handoff': [replying, off],
            'reply.failed': [replying, gathering, idle, sending],
          }),
        },
        sending: {
          on: edges(sending, { ...whileAgentHolds(sending), 'reply.claimed': [sending, idle, gathering] }),
        },
      },
    },
    humanActive: {
      on: edges(typing, {
        ...stays(typing),
        'human.stopped': [typing, window, ...released],
        'human.message': [typing, window, ...released],
        'replies.disabled': [off],
        'replies.enabled': [typing, ...released],
        'rules.changed': [typing, window, ...released],
        'agent.changed': [typing, window, ...released],
        'deadline.passed': [typing, window, ...released],
      }),
    },
    humanPriorityWindow: {
      on: edges(window, {
        ...stays(window),
        'human.typing': [typing, window],
        'human.message': [window, ...released],
        'replies.disabled': [off],
        'replies.enabled': [typing, ...released],
        'rules.changed': [typing, window, ...released],
        'agent.changed': [typing, window, ...released],
        'deadline.passed': [window, ...released],
      }),
    },
    agentDisabled: {
      on: edges(off, { ...stays(off), 'replies.enabled': [typing, ...released] }),
    },
  },
});

import { assign, setup } from 'xstate';
import { deriveLeaf, type Leaf } from './derive.ts';
import { EVENT_TYPES, type ConversationEvent, type EventType } from './events.ts';
import { initialFacts, type Facts, type Rules } from './facts.ts';
import { reduce } from './reduce.ts';

/**
 * The statechart of one conversation. Its edges are explicit, so that the drawn graph shows every handover; each is
 * guarded by the one derivation of the facts that its event leads to. Where no edge fits, `step` throws.
 */
const conversationSetup = setup({
  /* oxlint-disable typescript/no-unsafe-type-assertion -- XState takes its types from values that are never read */
  types: {
    context: {} as Facts,
    events: {} as ConversationEvent,
    input: {} as { agentId: string; rules: Rules } | undefined,
  },
  /* oxlint-enable typescript/no-unsafe-type-assertion */
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
let latest: { before: Facts; event: ConversationEvent; after: Facts } | null = null;

function factsAfter(before: Facts, event: ConversationEvent): Facts {
  if (latest === null || latest.event !== event || latest.before !== before) {
    latest = { before, event, after: reduce(before, event) };
  }
  return latest.after;
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
const ENDS_REPLY = new Set<EventType>(['reply.ready', 'reply.handoff', 'reply.failed']);

/** Events by which the agent may give up on what waits. */
const GIVES_UP = new Set<EventType>(['deadline.passed', 'reply.failed', 'reply.undelivered']);

interface Edge {
  target: string | undefined;
  guard: { type: 'leadsTo' | 'raisesAt'; params: { leaf: Leaf } };
  actions: ('apply' | typeof abortReply | typeof raiseToTeam)[];
}

function edgesBy(event: EventType, from: Leaf, to: Leaf): Edge[] {
  const params = { leaf: to };
  const target = from === to ? undefined : `#conversation.${to}`;
  const aborts = from === replying && to !== replying && !ENDS_REPLY.has(event);
  const apply: Edge['actions'] = aborts ? [abortReply, 'apply'] : ['apply'];
  const plain: Edge = { target, guard: { type: 'leadsTo', params }, actions: apply };
  if (event === 'reply.handoff' && to === off) return [{ ...plain, actions: [...apply, raiseToTeam] }];
  if (!GIVES_UP.has(event)) return [plain];
  return [{ target, guard: { type: 'raisesAt', params }, actions: [...apply, raiseToTeam] }, plain];
}

type Targets = Partial<Record<EventType, readonly Leaf[]>>;

/** The edges out of one leaf: where each event may lead. One that leads nowhere else is applied where it stands. */
function edges(from: Leaf, targets: Targets) {
  return Object.fromEntries(
    EVENT_TYPES.map((event) => [event, (targets[event] ?? [from]).flatMap((to) => edgesBy(event, from, to))]),
  );
}

/** Any moment of the agent may be cut short by people, and starts anew when its ground changes. */
function whileAgentHolds(leaf: Leaf): Targets {
  return {
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
      on: edges(off, { 'replies.enabled': [typing, ...released] }),
    },
  },
});

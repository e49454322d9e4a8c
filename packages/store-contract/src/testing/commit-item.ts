import {
  type ConversationEvent,
  type ConversationView,
  type Facts,
  type Snapshot,
  initialFacts,
  initialSnapshot,
  SCHEMA_VERSION,
  SYSTEM,
  view,
} from '@baton/conversation';
import { type ConversationState, DEFAULT_RULES } from '@baton/protocol';
import { v7 } from 'uuid';
import type { ClaimedAttempt, CommitItem, DeliveryMark, NewMessage, StoredConversation } from '@baton/runtime';
import type { FixtureConversation } from './store-fixture.ts';

/** The view of a new conversation: the agent holds it and nothing waits. */
export const CALM: ConversationView = view(
  initialSnapshot({ agentId: '', rules: { ...DEFAULT_RULES, version: 1, paused: false } }),
);

/** What a view changes into when a person takes over. */
export const TAKEN_OVER: Partial<ConversationView> = {
  state: 'agentDisabled',
  holder: { kind: 'team' },
  agentReplies: false,
  reason: 'switchedOff',
  agentEpoch: null,
};

export interface ItemOptions extends Partial<Omit<CommitItem, 'key' | 'view' | 'messages' | 'transitions'>> {
  view?: Partial<ConversationView>;
  messages?: NewMessage[];
  event?: ConversationEvent;
}

/**
 * One event's commit to a stored conversation, put together by hand: the contract is about what a store does with
 * items, not about how the statechart comes to them.
 */
export function commitItem(of: FixtureConversation, stored: StoredConversation, options: ItemOptions = {}): CommitItem {
  const { view: viewChange, messages = [], event, ...rest } = options;
  const at = Date.now();
  const lastSeq = messages.at(-1)?.seq ?? stored.lastMessage?.seq ?? 0;
  const view = { ...CALM, lastSeq, ...viewChange };
  const facts: Facts = {
    ...initialFacts({ agentId: of.agentId, rules: stored.rules }),
    lastAt: at,
    lastSeq: view.lastSeq,
    turn: view.turn,
    epoch: view.agentEpoch ?? 2,
  };
  return {
    key: of.key,
    expectedVersion: stored.version,
    rulesVersion: stored.rules.version,
    knownRevision: null,
    agentId: of.agentId,
    snapshot: { schemaVersion: SCHEMA_VERSION, value: valueOf(view.state), context: facts },
    view,
    messages,
    transitions: [
      {
        version: stored.version + 1,
        event: event ?? { type: 'conversation.reopened', at, by: SYSTEM },
        from: 'agentActive',
        to: view.state,
        fromLeaf: 'agentActive.idle',
        toLeaf: valueOf(view.state),
        by: SYSTEM,
        at,
      },
    ],
    leasesStarted: {},
    leasesEnded: [],
    leasesExpired: { ids: [], at },
    claim: null,
    wakeAt: null,
    ...rest,
  };
}

function valueOf(state: ConversationState): Snapshot['value'] {
  return state === 'agentActive' ? 'agentActive.idle' : state;
}

export function customerMessage(seq: number, change: Partial<NewMessage> = {}): NewMessage {
  return newMessage(seq, { author: { kind: 'customer', id: null, name: 'Cleo' }, ...change });
}

export function teammateMessage(seq: number, change: Partial<NewMessage> = {}): NewMessage {
  const author = { kind: 'teammate', id: '0193a000-0000-7000-8000-00000000000a', name: 'Tom' } as const;
  return newMessage(seq, { author, delivery: 'queued', ...change });
}

export function agentMessage(seq: number, change: Partial<NewMessage> = {}): NewMessage {
  const author = { kind: 'agent', id: null, name: 'Agent' } as const;
  return newMessage(seq, { author, delivery: 'queued', turn: 1, epoch: 1, ...change });
}

function newMessage(seq: number, change: Partial<NewMessage> & Pick<NewMessage, 'author'>): NewMessage {
  return {
    id: v7(),
    seq,
    note: false,
    text: `message ${seq}`,
    createdAt: Date.now(),
    delivery: null,
    clientMessageId: null,
    externalId: null,
    turn: null,
    epoch: null,
    ...change,
  };
}

/** The claim of an agent's message: of its first attempt, unless told otherwise. */
export function claimOf({ id }: Pick<NewMessage, 'id'>, attempt = 1): ClaimedAttempt {
  return { messageId: id, attempt };
}

/** How sending a message went: it was sent, unless the change says otherwise. */
export function deliveryMark(
  { key }: Pick<FixtureConversation, 'key'>,
  messageId: string,
  change: Partial<DeliveryMark> = {},
): DeliveryMark {
  const mark = {
    key,
    messageId,
    attempt: null,
    delivery: 'sent',
    retryAt: null,
    providerId: null,
    error: null,
  } as const;
  const isChannelUp = typeof change.retryAt !== 'number';
  return { ...mark, isChannelUp, ...change };
}

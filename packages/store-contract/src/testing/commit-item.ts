import {
  type ConversationEvent,
  type ConversationView,
  type Facts,
  type Snapshot,
  initialFacts,
  initialSnapshot,
  SCHEMA_VERSION,
  SYSTEM,
  view as viewOf,
} from '@baton/conversation';
import { type ConversationState, DEFAULT_RULES } from '@baton/protocol';
import { v7 } from 'uuid';
import type { ClaimedAttempt, CommitItem, DeliveryMark, NewMessage, StoredConversation } from '@baton/runtime';
import type { FixtureConversation } from './store-fixture.ts';

/** The view of a new conversation: the agent holds it and nothing waits. */
export const CALM: ConversationView = viewOf(
  initialSnapshot({ agentId: '', rules: { ...DEFAULT_RULES, version: 1, paused: false } }),
);

/** The change of a view on a takeover. */
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

/** Builds an item of one event by hand: the contract tests how a store commits items, not how the runtime makes them. */
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

/** A claim of an agent's message, by default for its first attempt. */
export function claimOf({ id }: Pick<NewMessage, 'id'>, attempt = 1): ClaimedAttempt {
  return { messageId: id, attempt };
}

/** A mark, by default `sent`. */
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

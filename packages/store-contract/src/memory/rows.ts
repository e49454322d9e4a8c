import type { ConversationView, Ms, Rules, Snapshot } from '@baton/conversation';
import type { Message, Person } from '@baton/protocol';
import {
  type ConversationKey,
  type Draft,
  type NewMessage,
  type NewTransition,
  stateChangedAt,
  type StoredConversation,
  toMessage,
} from '@baton/runtime';

/** A worker's claim on a piece of work, until it ends by itself. */
export interface Claim {
  worker: string;
  until: Ms;
}

export interface MessageRow {
  message: Message;
  externalId: string | null;
  providerId: string | null;
  turn: number | null;
  epoch: number | null;
  attempts: number;
  /** When it last became `sending` or `uncertain`. */
  since: Ms;
  retryAt: Ms | null;
  /** An attempt may have arrived: it is never called unsent again. */
  mayHaveArrived: boolean;
}

export interface ConversationRow {
  key: ConversationKey;
  channelId: string;
  channelKind: string;
  recipient: string;
  createdAt: Ms;
  customer: Person;
  agentId: string;
  version: number;
  revision: number;
  snapshot: Snapshot;
  view: ConversationView;
  leases: Record<string, Ms>;
  messages: MessageRow[];
  transitions: NewTransition[];
  drafts: Draft[];
  wakeAt: Ms | null;
  /** Kept from other timer workers until then. */
  dueClaimedUntil: Ms;
  replyClaim: Claim | null;
  laneClaim: Claim | null;
  quarantined: string | null;
}

export function toStored(row: ConversationRow, rules: Rules): StoredConversation {
  const { inFlight } = row.snapshot.context;
  return {
    key: row.key,
    channelId: row.channelId,
    customer: row.customer,
    version: row.version,
    revision: row.revision,
    stateSince: stateChangedAt(row.transitions) ?? row.createdAt,
    snapshot: structuredClone(row.snapshot),
    leases: { ...row.leases },
    agentName: 'Agent',
    rules,
    lastMessage: row.messages.findLast(({ message }) => !message.note)?.message ?? null,
    inFlight: row.messages.find(({ message }) => message.id === inFlight?.messageId)?.message.delivery ?? null,
    quarantined: row.quarantined !== null,
  };
}

export function toMessageRow(message: NewMessage, conversationId: string, revision: number): MessageRow {
  return {
    message: toMessage(message, conversationId, revision),
    externalId: message.externalId,
    providerId: null,
    turn: message.turn,
    epoch: message.epoch,
    attempts: 0,
    since: message.createdAt,
    retryAt: null,
    mayHaveArrived: false,
  };
}

/** May this agent message be inserted, queued or claimed as the conversation stands: the fence. */
export function isFenced(row: MessageRow | NewMessage, view: ConversationView): boolean {
  const seq = 'message' in row ? row.message.seq : row.seq;
  const isClosing = view.closingSeq !== null && seq === view.closingSeq;
  return !isClosing && (view.agentEpoch === null || row.epoch !== view.agentEpoch);
}

export function isLive(claim: Claim | null, now: Ms): claim is Claim {
  return claim !== null && claim.until > now;
}

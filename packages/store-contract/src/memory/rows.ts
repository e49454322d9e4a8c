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

/** A worker's claim on a job, which expires at `until`. */
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
  /** An attempt may have arrived, so the message is never marked unsent again. */
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
  /** Claimed by a timer worker until then. */
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

/** Does the fence reject inserting, queueing or claiming this agent message now? */
export function isFenced(row: MessageRow | NewMessage, view: ConversationView): boolean {
  const seq = 'message' in row ? row.message.seq : row.seq;
  const isClosing = view.closingSeq !== null && seq === view.closingSeq;
  return !isClosing && (view.agentEpoch === null || row.epoch !== view.agentEpoch);
}

export function isLive(claim: Claim | null, now: Ms): claim is Claim {
  return claim !== null && claim.until > now;
}

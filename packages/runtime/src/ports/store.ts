import type { ConversationEvent, ConversationView, Ms, Rules, Snapshot } from '@baton/conversation';
import type { Author, Cause, ConversationState, Delivery, Leaf, Message, Person } from '@baton/protocol';

/** Names a conversation together with its tenant. */
export interface ConversationKey {
  workspaceId: string;
  conversationId: string;
}

/** A conversation as stored. `snapshot` is unchecked JSON: `loadSnapshot` validates it. */
export interface StoredConversation {
  key: ConversationKey;
  channelId: string;
  customer: Person;
  version: number;
  revision: number;
  /** When its state last changed. */
  stateSince: Ms;
  snapshot: unknown;
  /** Lease id -> expiry, including renewals (HOLD-4). */
  leases: Record<string, Ms>;
  /** The agent's current name: the author's name of its messages. */
  agentName: string;
  /** The agent's current rules; the snapshot may hold older ones. */
  rules: Rules;
  /** The newest message that is not a note, for lists. */
  lastMessage: Message | null;
  /** The delivery of the snapshot's reply in flight; null without one. */
  inFlight: Delivery | null;
  /** Rejects every command until an owner releases it. */
  quarantined: boolean;
}

export interface NewMessage {
  id: string;
  seq: number;
  author: Author;
  note: boolean;
  text: string;
  createdAt: Ms;
  delivery: Delivery | null;
  clientMessageId: string | null;
  /** The provider's id of an inbound message; unique per channel. */
  externalId: string | null;
  /** Agent messages only: the turn and epoch of the reply. The fence rejects another epoch. */
  turn: number | null;
  epoch: number | null;
}

export interface NewTransition {
  version: number;
  event: ConversationEvent;
  from: ConversationState;
  to: ConversationState;
  fromLeaf: Leaf;
  toLeaf: Leaf;
  by: Cause;
  at: Ms;
}

/** When these transitions last changed the state; null if they never did. */
export function stateChangedAt(transitions: readonly NewTransition[]): Ms | null {
  return transitions.findLast(({ from, to }) => from !== to)?.at ?? null;
}

/** The attempt to send an agent message that `reply.claimed` starts, counted from 1. */
export interface ClaimedAttempt {
  messageId: string;
  attempt: number;
}

/** One conversation's share of a batch, committed whole or not at all (TIME-2). */
export interface CommitItem {
  key: ConversationKey;
  /** Guards: the version and rules version that the item was computed from. The last transition has the new version. */
  expectedVersion: number;
  rulesVersion: number;
  /**
   * The revision that the item was computed from, if a reply is in flight, else null. Not a guard: a newer revision means
   * that the reply may have been marked since.
   */
  knownRevision: number | null;
  agentId: string;
  snapshot: Snapshot;
  /** Columns, derived from the snapshot by `view()`. */
  view: ConversationView;
  messages: NewMessage[];
  transitions: NewTransition[];
  /** Leases to add or move, and to end. Other leases keep their stored expiry. */
  leasesStarted: Record<string, Ms>;
  leasesEnded: string[];
  /** The ended leases that looked expired at `at`: a conflict if one was renewed past it. */
  leasesExpired: { ids: string[]; at: Ms };
  /**
   * Moves the agent message from `queued` or `uncertain` to `sending`. Any other delivery or attempt is a `staleClaim`,
   * so that a sender with an old job never claims a later attempt (SEND-4).
   */
  claim: ClaimedAttempt | null;
  /** The earliest deadline, or null. If `knownRevision` is old the conversation is due at once instead (TURN-6). */
  wakeAt: Ms | null;
}

/**
 * The result of one item. Only `committed` writes anything.
 * - `busy`: another transaction holds the row; try again.
 * - `conflict`: the version moved or a lease was renewed; reload and apply again.
 * - `staleRules`: the agent's rules changed; reload, apply `rules.changed`, then the commands again.
 * - `staleClaim`: this attempt can never be claimed.
 * - `duplicate`: a message with this client or external id exists.
 * - `rejected`: the fence rejected an agent message, which is a bug in the caller.
 * - `missing`: the workspace has no such conversation.
 */
export type Verdict =
  | {
      kind: 'committed';
      /** The conversation's new revision, also that of the inserted and changed messages. */
      revision: number;
      /** Agent messages that this commit withheld, or whose retries it stopped. */
      withheld: Message[];
      /** The message of `claim`, now `sending`. */
      claimed: Message | null;
    }
  | { kind: 'duplicate'; messages: (Message & { externalId: string | null })[] }
  | { kind: 'busy' | 'conflict' | 'staleRules' | 'staleClaim' | 'missing' }
  | { kind: 'rejected'; detail: string };

export interface CommitResult {
  verdicts: Verdict[];
  /** The database's clock during the commit. */
  now: Ms;
}

/** A reply to generate: durable work, leased to one worker at a time (TURN-9). */
export interface ReplyJob {
  key: ConversationKey;
  turn: number;
  agentId: string;
  deadlineAt: Ms;
}

/** A message to send: the head of a lane, which is leased until a mark or the lease's end. */
export interface SendJob {
  key: ConversationKey;
  channelId: string;
  /** As its module names it. */
  channelKind: string;
  /** The customer's id at the channel. */
  recipient: string;
  message: Message;
  /** Set for agent messages, which `reply.claimed` must claim first. Other messages are already `sending`. */
  turn: number | null;
  /** Attempts before this one. */
  attempts: number;
  /** The outcome of an earlier attempt is unknown, so the message must never be reported as unsent. */
  mayHaveArrived: boolean;
  /** Database time of the claim, which expires after 2 s. Null before `reply.claimed`. */
  claimedAt: Ms | null;
}

/** A message whose sender died: its outcome is unknown (SEND-4). */
export interface LostSend {
  key: ConversationKey;
  message: Message;
}

/**
 * The outcome of one attempt to send. `retryAt` returns the message to the head of its lane until then: as `queued`, or
 * as `uncertain` on idempotent channels if it may have arrived.
 *
 * A mark applies to `sending` and `uncertain` messages (`queued`: only to `sending`; `delivered`, `read` and `failed`:
 * also to `sent`; `read`: also to `delivered`). Otherwise nothing changes. An agent message of an old epoch becomes
 * `withheld` instead of `queued`, or `uncertain` if it may have arrived.
 */
export interface DeliveryMark {
  key: ConversationKey;
  messageId: string;
  /**
   * The attempt that the mark is about, counted from 1; ignored once a later attempt has begun, since a mark may be
   * written twice. Null for facts of the message itself (`sent`, receipts). A `sent` with an attempt is what hands the
   * message over, so for an agent message of an old epoch it counts as `queued` (ADR 7).
   */
  attempt: number | null;
  delivery: Extract<Delivery, 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'uncertain'>;
  retryAt: Ms | null;
  /** Whether the channel answered; null if nothing was asked of it. */
  isChannelUp: boolean | null;
  /** The provider's id of the message, by which its echo is recognised. */
  providerId: string | null;
  error: string | null;
}

export interface Draft {
  key: ConversationKey;
  turn: number;
  text: string;
  at: Ms;
}

/** The runtime's storage. The memory store and the Postgres store pass one contract suite. */
export interface Store {
  /** The database's clock. */
  now(): Promise<Ms>;
  /** In the order of `keys`, with null for a conversation that does not exist. */
  load(keys: ConversationKey[]): Promise<(StoredConversation | null)[]>;
  /**
   * Gives one verdict per item, in order. The conversations of a batch are distinct.
   * @throws StoreUnavailable, or any other error; then nothing was committed
   */
  commit(items: CommitItem[]): Promise<CommitResult>;
  /** Extends live leases to now + 8 s; false for one that ended or expired. Never raises a version. */
  renewLeases(renewals: { key: ConversationKey; leaseId: string }[]): Promise<boolean[]>;
  /**
   * Claims due conversations, the longest due first, for 3 s or until the next commit or `postpone`. A change of an
   * agent's rules or pause makes its conversations due that have a deadline or a waiting customer (HOLD-12, HOLD-18).
   */
  claimDue(limit: number): Promise<StoredConversation[]>;
  /**
   * Moves the `wakeAt` of a claimed conversation without an event: its due lease was renewed. Does nothing after a
   * commit, a mark, new rules, or the 3 s.
   */
  postpone(key: ConversationKey, revision: number, wakeAt: Ms | null): Promise<void>;
  /** Claims generations that no live worker holds, for `leaseMs`. */
  claimReplies(worker: string, limit: number, leaseMs: number): Promise<ReplyJob[]>;
  /** Renews these claims; false if the turn is over or another worker has the claim. */
  renewReplies(worker: string, jobs: ReplyJob[], leaseMs: number): Promise<boolean[]>;
  /** Releases generations for other workers. */
  releaseReplies(worker: string, jobs: ReplyJob[]): Promise<void>;
  /**
   * Claims the heads of due lanes. People's messages become `sending` here; agent messages wait for `reply.claimed`.
   *
   * First, a message left `sending` for 30 s becomes `uncertain`, and `onLost` is told unless it is `sending` again at
   * once. On an idempotent channel it is sent again, unless an agent's epoch is over. Otherwise it blocks its lane for
   * 30 s more (SEND-4). Quarantined conversations send nothing.
   */
  claimSends(worker: string, limit: number, leaseMs: number, onLost?: (lost: LostSend) => void): Promise<SendJob[]>;
  /** Releases lanes without a mark: the claim was rejected, or the message withheld. */
  releaseSends(worker: string, keys: ConversationKey[]): Promise<void>;
  /**
   * Gives each changed message with its new revision, in order; null if nothing changed. A mark of the `sending` head
   * frees its lane. An agent message that was not sent (`queued`, `withheld`, `failed`) makes its conversation due at
   * once (TURN-6).
   */
  markDeliveries(marks: DeliveryMark[]): Promise<(Message | null)[]>;
  saveDraft(draft: Draft): Promise<void>;
  readMessage(key: ConversationKey, messageId: string): Promise<Message | null>;
  /**
   * Finds the message sent from here that an echo repeats, by its id or the provider's (HOLD-16). `undecided`: a message
   * is still `sending` or `uncertain`, so the answer may change.
   */
  findSent(key: ConversationKey, externalId: string): Promise<{ own: Message | null; undecided: boolean }>;
  /** Each conversation's newest `limit` messages of any kind, by rising `seq`. */
  readTranscripts(keys: ConversationKey[], limit: number): Promise<Message[][]>;
  /**
   * Quarantines a conversation that failed twice, with the detail for operators. Its commits then are a `conflict`, so
   * that every node reloads it, and no worker is given it.
   */
  quarantine(key: ConversationKey, detail: string): Promise<void>;
}

/** The database is unreachable. The call may have been committed or not; ids make retries safe. */
export class StoreUnavailable extends Error {}

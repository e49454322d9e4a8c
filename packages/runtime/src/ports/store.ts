import type { ConversationEvent, ConversationView, Ms, Rules, Snapshot } from '@baton/conversation';
import type { Author, Cause, ConversationState, Delivery, Message, Person } from '@baton/protocol';

/** A conversation is always named together with its tenant. */
export interface ConversationKey {
  workspaceId: string;
  conversationId: string;
}

/** A conversation as the store has it. `snapshot` is unchecked JSON: `loadSnapshot` decides whether it is one. */
export interface StoredConversation {
  key: ConversationKey;
  channelId: string;
  customer: Person;
  version: number;
  revision: number;
  /** When it came into the state that it is in. */
  stateSince: Ms;
  snapshot: unknown;
  /** Lease id -> expiry, as renewals have moved it (HOLD-4). */
  leases: Record<string, Ms>;
  /** The name of the conversation's agent now: the author's name of its messages. */
  agentName: string;
  /** The rules of the conversation's agent now; the snapshot may still hold older ones. */
  rules: Rules;
  /** The newest message that is not a note, for lists. */
  lastMessage: Message | null;
  /** How the reply stands that the snapshot has in flight; null without one. */
  inFlight: Delivery | null;
  /** Set aside by `quarantine`: refuses every command. */
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
  /** Agent messages only: the turn and the epoch they were made for. The database refuses another epoch. */
  turn: number | null;
  epoch: number | null;
}

export interface NewTransition {
  version: number;
  event: ConversationEvent;
  from: ConversationState;
  to: ConversationState;
  by: Cause;
  at: Ms;
}

/** The attempt at sending an agent message that `reply.claimed` begins, counted from 1. */
export interface ClaimedAttempt {
  messageId: string;
  attempt: number;
}

/** One conversation's share of a batch: everything of it is committed, or nothing (TIME-2). */
export interface CommitItem {
  key: ConversationKey;
  /** The version and rules version this was computed from: the guard. The new version is the last transition's. */
  expectedVersion: number;
  rulesVersion: number;
  /**
   * The revision this was computed from, if it has a reply in flight: no guard, but tells of marks that came between, of
   * which one may be news of that reply. Null where no mark is news.
   */
  knownRevision: number | null;
  agentId: string;
  snapshot: Snapshot;
  /** Columns, derived from the snapshot by `view()`. */
  view: ConversationView;
  messages: NewMessage[];
  transitions: NewTransition[];
  /** Leases to add or move, and to end. Surviving leases keep the expiry that the database has. */
  leasesStarted: Record<string, Ms>;
  leasesEnded: string[];
  /** Of the ended ones, those that were believed expired, at `at`: a conflict if the database has renewed one past it. */
  leasesExpired: { ids: string[]; at: Ms };
  /**
   * Moves the agent message from `queued` (or `uncertain`) to `sending`. A `staleClaim` if it is neither, or if it is not
   * this attempt's turn: whoever was told of it late must not claim what somebody else has sent since (SEND-4).
   */
  claim: ClaimedAttempt | null;
  /**
   * The earliest deadline, or null. Where marks came after `knownRevision` the conversation is due at once instead: its
   * reply may have come back, and whoever wakes it tells it (TURN-6).
   */
  wakeAt: Ms | null;
}

/**
 * - `busy`: another transaction holds the row; try again.
 * - `conflict`: the version moved (or a lease was renewed): reload, apply again.
 * - `staleRules`: the agent's rules changed: reload, apply `rules.changed`, then again.
 * - `staleClaim`: the message is not to be claimed for this attempt, and never will be; nothing of the item was committed.
 * - `duplicate`: a message with this client or external id is there already; nothing of the item was committed.
 * - `refused`: the fence refused it. A bug in the code above it, so loud.
 * - `missing`: no such conversation in this workspace.
 */
export type Verdict =
  | {
      kind: 'committed';
      /** The conversation's new revision, also that of the messages inserted or changed. */
      revision: number;
      /** Agent messages that this commit withheld, or keeps from being sent again. */
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

/** A reply to be made: durable work, leased to one worker at a time (TURN-9). */
export interface ReplyJob {
  key: ConversationKey;
  turn: number;
  agentId: string;
  deadlineAt: Ms;
}

/** A message to be handed to a channel: the head of a lane. The lane is leased until it is marked or the lease ends. */
export interface SendJob {
  key: ConversationKey;
  channelId: string;
  /** As its module names it. */
  channelKind: string;
  /** The customer's id at the channel. */
  recipient: string;
  message: Message;
  /** Agent messages: to be claimed by `reply.claimed` first. Other messages are already `sending`. */
  turn: number | null;
  /** Attempts before this one. */
  attempts: number;
  /** Of one of those the outcome is unknown: whatever becomes of this one, the message must not be called unsent. */
  mayHaveArrived: boolean;
  /** When it was claimed, on the database's clock: a sender that wakes 2 s later must not send. Null before `reply.claimed`. */
  claimedAt: Ms | null;
}

/** A message whose sender died: its outcome is unknown now (SEND-4). */
export interface LostSend {
  key: ConversationKey;
  message: Message;
}

/**
 * What became of a send. `retryAt` with `queued`: the message goes back to the head of its lane until then; with
 * `uncertain`, on idempotent channels only: the same, but it may have arrived, so it is never called unsent.
 *
 * A mark is taken from `sending` and `uncertain` only (`queued`: from `sending`; `delivered`, `read`, `failed`: also
 * from `sent`, and `read` from `delivered`); else nothing changes. An agent message marked `queued` where its epoch is
 * over becomes `withheld` instead: nobody may claim it any more. What may have arrived becomes `uncertain` instead of both.
 */
export interface DeliveryMark {
  key: ConversationKey;
  messageId: string;
  /**
   * The attempt that it tells of, counted from 1: once the next one is under way it changes nothing, since a mark whose
   * answer was lost is written again. Null for what is true of the message whoever sent it (`sent`, receipts). A `sent`
   * that names its attempt is true only once it is written: it is what hands the message over, so of an agent message
   * whose epoch is over by then it is taken for `queued` (ADR 0212).
   */
  attempt: number | null;
  delivery: Extract<Delivery, 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'uncertain'>;
  retryAt: Ms | null;
  /** What it tells of the channel: that it answers, or that it does not until `retryAt`; null where it was not asked. */
  isChannelUp: boolean | null;
  /** The provider's id of it, where it gave one: echoes are recognised by it. */
  providerId: string | null;
  error: string | null;
}

export interface Draft {
  key: ConversationKey;
  turn: number;
  text: string;
  at: Ms;
}

/** What the runtime needs of a store. The memory store and the Postgres store pass one contract suite. */
export interface Store {
  /** The database's clock. */
  now(): Promise<Ms>;
  load(keys: ConversationKey[]): Promise<(StoredConversation | null)[]>;
  /** One verdict per item, in order. Conversations in a batch are distinct. @throws StoreUnavailable; or any exception, then nothing was committed */
  commit(items: CommitItem[]): Promise<CommitResult>;
  /** Moves the expiry of live leases to now + 8 s; false for one that has ended or expired. Never raises a version. */
  renewLeases(renewals: { key: ConversationKey; leaseId: string }[]): Promise<boolean[]>;
  /**
   * Conversations whose `wakeAt` has come, the longest due first; each is kept from other workers for 3 s, or until the
   * next commit or `postpone`. A change of an agent's rules (or of `paused`) makes each of its conversations due that
   * has a `wakeAt` or a customer waiting (HOLD-12, HOLD-18).
   */
  claimDue(limit: number): Promise<StoredConversation[]>;
  /**
   * Moves the `wakeAt` of one that was claimed, without an event: the due lease had been renewed. Not if a commit, a mark or new
   * rules have come since, nor after the 3 s.
   */
  postpone(key: ConversationKey, revision: number, wakeAt: Ms | null): Promise<void>;
  /** Generations that no live worker holds; leased to `worker` for `leaseMs`. */
  claimReplies(worker: string, limit: number, leaseMs: number): Promise<ReplyJob[]>;
  /** Renews the leases of these generations; false for one whose turn is over or whose lease another worker has. */
  renewReplies(worker: string, jobs: ReplyJob[], leaseMs: number): Promise<boolean[]>;
  /** Lets go of a generation that this worker cannot make, for another worker. */
  releaseReplies(worker: string, jobs: ReplyJob[]): Promise<void>;
  /**
   * Heads of due lanes, each lane leased to `worker`. Messages by people become `sending` here; agent messages wait for
   * `reply.claimed`. A message left `sending` for 30 s by a dead sender becomes `uncertain` first: on a channel with
   * idempotent ids it is handed out again (an agent message by `reply.claimed` again, so not where its epoch is over),
   * elsewhere, and where the epoch is over, it blocks its lane for 30 s more at most (SEND-4). `onLost` is told of those, unless they are `sending`
   * again at once. Quarantined conversations send nothing.
   */
  claimSends(worker: string, limit: number, leaseMs: number, onLost?: (lost: LostSend) => void): Promise<SendJob[]>;
  /** Lets go of a lane without a mark: the claim was refused, or its message withheld. */
  releaseSends(worker: string, keys: ConversationKey[]): Promise<void>;
  /**
   * Gives the changed messages with their new revision, in order; null where nothing changed. A lane is freed when its
   * `sending` head is marked. Of an agent message that did not go out (`queued`, `withheld`, `failed`) the conversation is due at
   * once: whoever wakes it tells it (TURN-6). An agent message that goes back to `queued` after its epoch has gone is withheld at once,
   * or `uncertain` where an attempt may have arrived: no later commit would do it.
   */
  markDeliveries(marks: DeliveryMark[]): Promise<(Message | null)[]>;
  saveDraft(draft: Draft): Promise<void>;
  readMessage(key: ConversationKey, messageId: string): Promise<Message | null>;
  /**
   * Is this echo one of ours (HOLD-16)? `own`: the message sent from here with this id or provider id. `undecided`: one
   * of ours is `sending` or `uncertain`, so the answer may change.
   */
  findSent(key: ConversationKey, externalId: string): Promise<{ own: Message | null; undecided: boolean }>;
  /** Of each conversation its newest `limit` messages of any kind, by rising `seq`. */
  readTranscripts(keys: ConversationKey[], limit: number): Promise<Message[][]>;
  /**
   * Sets a poisoned conversation aside, with what it choked on (visible to operators). From then on its commits are a
   * `conflict`, so that every node reloads it and sees; no worker is given it.
   */
  quarantine(key: ConversationKey, detail: string): Promise<void>;
}

/** The database is away. What was not answered may or may not be committed; retries are safe by their ids. */
export class StoreUnavailable extends Error {}

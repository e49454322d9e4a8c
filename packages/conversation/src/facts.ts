import type { Cause, HumanInteractionRules, Person, SilenceReason } from '@baton/protocol';

/** Milliseconds since 1970 on the database's clock. The machine reads no clock: each event carries its time. */
export type Ms = number;

/** The rules in force, as the agent's row has them. `version` guards every commit; `paused` is HOLD-18. */
export interface Rules extends HumanInteractionRules {
  version: number;
  paused: boolean;
  /** Null if not paused or unknown. Missing in snapshots from before this field existed. */
  pausedBy?: Person | null;
}

/** Proof that a teammate is at the keyboard (HOLD-4). `expiresAt` may lag behind the database, which renewals move. */
export interface TypingLease {
  id: string;
  teammate: Person;
  expiresAt: Ms;
}

/** A customer message without an answer. */
export interface Waiting {
  seq: number;
  at: Ms;
}

/** An agent message that is committed and not claimed yet. */
export interface PendingReply {
  messageId: string;
  seq: number;
  turn: number;
  /** The epoch that it was made in: it may be claimed only while that is in force (TURN-4). */
  epoch: number;
  /** The messages that waited when it was started: its claim answers them (TURN-6). */
  covers: Waiting[];
}

export interface Generation {
  turn: number;
  startedAt: Ms;
  /** After this the agent counts as failing (TURN-9). */
  deadlineAt: Ms;
  covers: Waiting[];
}

export interface Gathering {
  since: Ms;
  /** The last customer message, or the entry to `agentActive`: the quiet moment is counted from here. */
  quietFrom: Ms;
}

/** A takeover or hand-back, which the agent's backend is told about (TURN-11). */
export interface Handover {
  kind: 'tookOver' | 'handedBack';
  by: string;
  at: Ms;
  instruction: string | null;
}

/** Everything that decides who may speak. JSON, stored as it is. */
export interface Facts {
  agentId: string;
  rules: Rules;
  /** Time of the last event: no event is earlier (TIME-1). */
  lastAt: Ms;
  lastSeq: number;

  // Who holds
  /** *Agent replies* is off: by whom, and why. */
  off: { by: Cause; at: Ms; reason: 'switchedOff' | 'handoffRequested' } | null;
  leases: TypingLease[];
  lastHuman: { at: Ms; by: Cause } | null;
  /** Null when no window runs. A window that ended stays ended. */
  windowEndsAt: Ms | null;
  /** The last hand-back: a message sent before it starts no window. */
  handedBackAt: Ms | null;

  // Waiting messages, and the last speaker
  waiting: Waiting[];
  /** The newest message sent to the customer, and the newest by anyone but its author: for `stale_view` (SEND-7). */
  spoken: { authorId: string; seq: number; seqByOthers: number } | null;

  // The agent's work
  /** Grows whenever the context of a reply changes: the fence of generations. */
  turn: number;
  /** New on each hand-back: the fence of the claim. Only in force in `agentActive`. */
  epoch: number;
  /** The one closing message that may still be claimed in `agentDisabled` (TURN-8). */
  closing: PendingReply | null;
  gathering: Gathering | null;
  generation: Generation | null;
  pending: PendingReply[];
  /** The latest claimed reply. If it fails, its messages wait again; after a crash it may be claimed again. */
  inFlight: PendingReply | null;
  abortsInARow: number;
  failures: number;
  /** A failing agent is not tried before this time (TURN-9). */
  retryAt: Ms | null;
  /** Claims of agent messages in the last ten minutes (TURN-12). */
  recentReplies: Ms[];
  /** The agent gave up: a teammate is needed. */
  raised: { reason: SilenceReason; at: Ms } | null;
  /** Given on handing back; the next reply uses it up. */
  instruction: string | null;
  handovers: Handover[];

  // The team's own marks, which never change who holds (HOLD-15)
  closed: boolean;
  snoozedUntil: Ms | null;
  assigneeId: string | null;
}

export const NO_RULES: Rules = {
  muteWhenHumanActive: true,
  humanPriorityWindowSeconds: 30,
  replyDelaySeconds: 2,
  version: 0,
  paused: false,
};

/** The facts of a new conversation. The input is optional, because XState also asks without it. */
export function initialFacts(input: { agentId?: string; rules?: Rules } = {}): Facts {
  return {
    agentId: input.agentId ?? '',
    rules: input.rules ?? NO_RULES,
    lastAt: 0,
    lastSeq: 0,
    off: null,
    leases: [],
    lastHuman: null,
    windowEndsAt: null,
    handedBackAt: null,
    waiting: [],
    spoken: null,
    turn: 0,
    epoch: 1,
    closing: null,
    gathering: null,
    generation: null,
    pending: [],
    inFlight: null,
    abortsInARow: 0,
    failures: 0,
    retryAt: null,
    recentReplies: [],
    raised: null,
    instruction: null,
    handovers: [],
    closed: false,
    snoozedUntil: null,
    assigneeId: null,
  };
}

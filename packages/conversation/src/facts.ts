import type { Cause, HumanInteractionRules, Person, SilenceReason } from '@baton/protocol';

/** Milliseconds since 1970 on the database's clock. The machine reads no clock: times come in with events. */
export type Ms = number;

/** The rules in force, as the agent's row has them. `version` guards every commit; `paused` is HOLD-18. */
export interface Rules extends HumanInteractionRules {
  version: number;
  paused: boolean;
  /** Null where it is not paused, or nobody knows. Missing in what was stored before it was known. */
  pausedBy?: Person | null;
}

/** Proof that a teammate is at the keyboard (HOLD-4). `expiresAt` may lag behind the database, which renewals move. */
export interface TypingLease {
  id: string;
  teammate: Person;
  expiresAt: Ms;
}

/** A customer message that nobody has answered. */
export interface Waiting {
  seq: number;
  at: Ms;
}

/** An agent message that is committed and not claimed yet. */
export interface PendingReply {
  messageId: string;
  seq: number;
  turn: number;
  /** The epoch it was made in: it may be claimed only while that is in force (TURN-4). */
  epoch: number;
  /** What was waiting when it was started: answered by its claim (TURN-6). */
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

/** A takeover or hand-back, which the agent is told in words (TURN-11). */
export interface Handover {
  kind: 'tookOver' | 'handedBack';
  by: string;
  at: Ms;
  instruction: string | null;
}

/** Everything that decides who may speak. JSON, so that it is stored as it is. */
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
  /** Null when no window runs; a window that ended stays ended. */
  windowEndsAt: Ms | null;
  /** The last hand-back: a message sent before it starts no window. */
  handedBackAt: Ms | null;

  // What waits, and who spoke last
  waiting: Waiting[];
  /** The newest message to the customer that went out, and the newest by anyone else than its author: for `stale_view` (SEND-7). */
  spoken: { authorId: string; seq: number; seqByOthers: number } | null;

  // What the agent is about
  /** Grows whenever the ground of a reply changes: the fence of generation. */
  turn: number;
  /** New on each hand-back: the fence of the claim. Only in force in `agentActive`. */
  epoch: number;
  /** The one closing message that may still be claimed in `agentDisabled` (TURN-8). */
  closing: PendingReply | null;
  gathering: Gathering | null;
  generation: Generation | null;
  pending: PendingReply[];
  /** The latest claimed reply, until a newer one: what waits again if it fails. May be claimed again after a crash. */
  inFlight: PendingReply | null;
  abortsInARow: number;
  failures: number;
  /** A failing agent is not tried before (TURN-9). */
  retryAt: Ms | null;
  /** Claims of agent messages in the last ten minutes (TURN-12). */
  recentReplies: Ms[];
  /** The conversation is raised to the team: the agent does not answer what waits. */
  raised: { reason: SilenceReason; at: Ms } | null;
  /** Typed on handing back; consumed by the next reply. */
  instruction: string | null;
  handovers: Handover[];

  // Housekeeping of the team; never changes who holds (HOLD-15)
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

/** The facts of a conversation in which nothing has happened yet. Total: `transition()` builds them on each call. */
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

import type { Cause, ConversationState, Holder, Person, SilenceReason } from '@baton/protocol';
import type { Facts, Ms } from './facts.ts';
import { stateOf } from './leaf.ts';
import { claimable, isCurrentTurn } from './replying.ts';
import type { Snapshot } from './snapshot.ts';

/** The columns of a conversation, which people also see. All of it follows from the snapshot. */
export interface ConversationView {
  state: ConversationState;
  holder: Holder;
  agentReplies: boolean;
  reason: SilenceReason | null;
  reasonBy: Person | null;
  resumesAt: Ms | null;
  waitingSince: Ms | null;
  status: 'open' | 'snoozed' | 'closed';
  snoozedUntil: Ms | null;
  assigneeId: string | null;
  lastSeq: number;
  turn: number;
  /** The fence: null while people hold. */
  agentEpoch: number | null;
  closingSeq: number | null;
  /** Set while a reply is being made. */
  generation: { turn: number; startedAt: Ms; deadlineAt: Ms } | null;
}

export function view({ value, context: facts }: Snapshot): ConversationView {
  const state = stateOf(value);
  const { generation } = facts;
  return {
    state,
    holder: holder(facts, state),
    agentReplies: facts.off === null,
    ...silence(facts, state),
    resumesAt: state === 'humanPriorityWindow' ? facts.windowEndsAt : null,
    waitingSince: facts.waiting[0]?.at ?? null,
    status: facts.closed ? 'closed' : facts.snoozedUntil === null ? 'open' : 'snoozed',
    snoozedUntil: facts.snoozedUntil,
    assigneeId: facts.assigneeId,
    lastSeq: facts.lastSeq,
    turn: facts.turn,
    agentEpoch: state === 'agentActive' ? facts.epoch : null,
    closingSeq: facts.closing?.seq ?? null,
    generation: generation && {
      turn: generation.turn,
      startedAt: generation.startedAt,
      deadlineAt: generation.deadlineAt,
    },
  };
}

function holder(facts: Facts, state: ConversationState): Holder {
  switch (state) {
    case 'agentActive':
      return { kind: 'agent' };
    case 'humanActive':
      return { kind: 'teammates', teammates: distinct(facts.leases.map((lease) => lease.teammate)) };
    case 'humanPriorityWindow': {
      const writer = toPerson(facts.lastHuman?.by);
      return writer === null ? { kind: 'external' } : { kind: 'teammates', teammates: [writer] };
    }
    case 'agentDisabled':
      return { kind: 'team' };
  }
}

function silence(facts: Facts, state: ConversationState): { reason: SilenceReason | null; reasonBy: Person | null } {
  switch (state) {
    case 'agentActive':
      if (facts.rules.paused) return { reason: 'agentPaused', reasonBy: facts.rules.pausedBy ?? null };
      return { reason: facts.raised?.reason ?? null, reasonBy: null };
    case 'humanActive':
      return { reason: 'typing', reasonBy: facts.leases[0]?.teammate ?? null };
    case 'humanPriorityWindow':
      return { reason: 'window', reasonBy: toPerson(facts.lastHuman?.by) };
    case 'agentDisabled':
      return { reason: facts.off?.reason ?? 'switchedOff', reasonBy: toPerson(facts.off?.by) };
  }
}

function toPerson(by: Cause | undefined): Person | null {
  return by?.kind === 'teammate' && by.id !== null ? { id: by.id, name: by.name ?? '' } : null;
}

function distinct(people: Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** Did another person or the agent send or queue a message after `lastSeenSeq` (SEND-7)? */
export function isStale({ context: facts }: Snapshot, authorId: string, lastSeenSeq: number): boolean {
  const queued = [...facts.pending, ...(facts.closing === null ? [] : [facts.closing])];
  if (queued.some((reply) => reply.seq > lastSeenSeq)) return true;
  const { spoken } = facts;
  if (spoken === null) return false;
  return (spoken.authorId === authorId ? spoken.seqByOthers : spoken.seq) > lastSeenSeq;
}

/** Is the reply of this turn still wanted? */
export function isCurrentReply({ context }: Snapshot, turn: number): boolean {
  return isCurrentTurn(context, turn);
}

/** Is a reply of this turn pending, or the latest that was claimed? */
export function hasReply({ context: { pending, inFlight, closing } }: Snapshot, turn: number): boolean {
  return [...pending, inFlight, closing].some((reply) => reply?.turn === turn);
}

/** May this agent message be claimed now? */
export function isClaimable({ context }: Snapshot, messageId: string): boolean {
  return claimable(context, messageId) !== null;
}

import type { EventOf } from './events.ts';
import type { Facts, Ms, PendingReply } from './facts.ts';
import { LOOP_REPLIES, MAX_RETRIES, RETRY_BACKOFF_MS } from './limits.ts';
import { agentHolds, agentIsPaused } from './conditions.ts';
import { startGathering } from './gathering.ts';
import { recordSpeaker, waitAgain } from './waiting.ts';

/** Is this turn's reply being made? A reply of any other turn is late, and becomes a draft (TURN-4). */
export function isCurrentTurn(facts: Facts, turn: number): boolean {
  return facts.generation?.turn === turn;
}

/** The reply of this id, if it may be claimed now: its epoch is in force, or it is the closing message. */
export function claimable(facts: Facts, messageId: string): PendingReply | null {
  if (agentIsPaused(facts)) return null;
  if (facts.closing?.messageId === messageId) return facts.closing;
  if (!agentHolds(facts)) return null;
  // After a crash of its sender the claimed reply is claimed once more, since its outcome is unknown.
  const candidates = facts.inFlight === null ? facts.pending : [...facts.pending, facts.inFlight];
  return candidates.find((reply) => reply.messageId === messageId && reply.epoch === facts.epoch) ?? null;
}

export function replyReady(facts: Facts, event: EventOf<'reply.ready'>): Facts {
  if (!isCurrentTurn(facts, event.turn) || facts.generation === null) return facts;
  const { turn, covers } = facts.generation;
  const done: Facts = { ...facts, ...SUCCESS, generation: null };
  if (event.messageId === null) return { ...answerCovers(done, covers), raised: null, instruction: null };
  const seq = facts.lastSeq + 1;
  const reply: PendingReply = { messageId: event.messageId, seq, turn, epoch: facts.epoch, covers };
  return { ...done, lastSeq: seq, pending: [...facts.pending, reply] };
}

/** The agent asks for a person, with at most one closing message, after which the customer still waits (TURN-8). */
export function replyHandoff(facts: Facts, event: EventOf<'reply.handoff'>): Facts {
  if (!isCurrentTurn(facts, event.turn)) return facts;
  const { by, at, messageId, turn } = event;
  const handedOff: Facts = {
    ...facts,
    ...SUCCESS,
    generation: null,
    raised: null,
    instruction: null,
    off: { by, at, reason: 'handoffRequested' },
  };
  if (messageId === null) return handedOff;
  const seq = facts.lastSeq + 1;
  return { ...handedOff, lastSeq: seq, closing: { messageId, seq, turn, epoch: facts.epoch, covers: [] } };
}

export function replyFailed(facts: Facts, turn: number, at: Ms): Facts {
  if (!isCurrentTurn(facts, turn)) return facts;
  const failures = facts.failures + 1;
  const failed = { ...facts, failures, generation: null };
  const backoff = RETRY_BACKOFF_MS[failures - 1];
  if (failures > MAX_RETRIES || backoff === undefined) {
    return { ...failed, retryAt: null, raised: facts.raised ?? { reason: 'agentFailed', at } };
  }
  return startGathering({ ...failed, retryAt: at + backoff }, at);
}

/** The reply goes to the channel now: the messages it covers are answered (TURN-6). */
export function replyClaimed(facts: Facts, event: EventOf<'reply.claimed'>): Facts {
  const reply = claimable(facts, event.messageId);
  if (reply === null) return facts;
  const sent = recordSpeaker(facts, event.by.id ?? 'agent', reply.seq);
  if (reply === facts.closing) return sent;
  if (reply === facts.inFlight) return facts;
  return {
    ...answerCovers(sent, reply.covers),
    pending: facts.pending.filter((other) => other !== reply),
    inFlight: reply,
    raised: null,
    instruction: null,
    recentReplies: [...facts.recentReplies, event.at].slice(-LOOP_REPLIES),
  };
}

/**
 * The claimed reply did not arrive: its messages wait again (TURN-6), for another attempt or for a teammate. A closing
 * message covers none.
 */
export function replyUndelivered(facts: Facts, event: EventOf<'reply.undelivered'>): Facts {
  const reply = facts.inFlight?.messageId === event.messageId ? facts.inFlight : null;
  if (reply === null) return facts;
  const waiting = waitAgain({ ...facts, inFlight: null }, reply.covers);
  if (event.retry && claimable(facts, reply.messageId)) return { ...waiting, pending: [reply, ...facts.pending] };
  if (event.retry) return waiting;
  return { ...waiting, raised: facts.raised ?? { reason: 'deliveryFailed', at: event.at } };
}

/** Failures count until a success (TURN-9). */
const SUCCESS = { abortsInARow: 0, failures: 0, retryAt: null } satisfies Partial<Facts>;

/** The reply keeps its covers: should it fail, they wait again. */
function answerCovers(facts: Facts, covers: PendingReply['covers']): Facts {
  const covered = new Set(covers.map((message) => message.seq));
  return { ...facts, waiting: facts.waiting.filter((message) => !covered.has(message.seq)) };
}

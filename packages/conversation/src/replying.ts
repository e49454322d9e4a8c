import type { EventOf } from './events.ts';
import type { Facts, Ms, PendingReply } from './facts.ts';
import { LOOP_REPLIES, MAX_RETRIES, RETRY_BACKOFF_MS } from './limits.ts';
import { deriveState } from './derive.ts';
import { gather } from './gathering.ts';
import { spoke, waitAgain } from './waiting.ts';

/** May this generation still be answered? Anything else is late: a draft at most (TURN-4). */
export function isCurrentTurn(facts: Facts, turn: number): boolean {
  return facts.generation?.turn === turn;
}

/** The reply that may be claimed by this id now: the epoch it was made in is in force, or it is the closing message. */
export function claimable(facts: Facts, messageId: string): PendingReply | null {
  if (facts.rules.paused) return null;
  if (facts.closing?.messageId === messageId) return facts.closing;
  if (deriveState(facts) !== 'agentActive') return null;
  // After a crash the claimed reply is claimed once more: its first sender is gone, and its outcome unknown.
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

/** The agent asks for a person, with at most one closing message, which answers nobody (TURN-8). */
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
  return gather({ ...failed, retryAt: at + backoff }, at);
}

/** The reply goes to the channel now: what it covers is answered (TURN-6). */
export function replyClaimed(facts: Facts, event: EventOf<'reply.claimed'>): Facts {
  const reply = claimable(facts, event.messageId);
  if (reply === null) return facts;
  const said = spoke(facts, event.by.id ?? 'agent', reply.seq);
  if (reply === facts.closing) return said;
  if (reply === facts.inFlight) return facts;
  return {
    ...answerCovers(said, reply.covers),
    pending: facts.pending.filter((other) => other !== reply),
    inFlight: reply,
    raised: null,
    instruction: null,
    recentReplies: [...facts.recentReplies, event.at].slice(-LOOP_REPLIES),
  };
}

/**
 * It did not arrive: what it answered waits again (TURN-6), queued for another attempt or raised to the team. A closing
 * message answered nobody.
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

/** Waiting only: the covers of the reply itself stay, they wait again should it fail. */
function answerCovers(facts: Facts, covers: PendingReply['covers']): Facts {
  const covered = new Set(covers.map((message) => message.seq));
  return { ...facts, waiting: facts.waiting.filter((message) => !covered.has(message.seq)) };
}

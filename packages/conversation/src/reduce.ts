import type { ConversationEvent, EventOf } from './events.ts';
import type { Facts, Ms } from './facts.ts';
import { MAX_ABORTS_IN_A_ROW } from './limits.ts';
import { deriveState } from './derive.ts';
import { dropReply, gather, gatherIfCalledFor, gatheringEndsAt, startGeneration } from './gathering.ts';
import { changeRules, disableReplies, enableReplies, humanMessage, startTyping, stopTyping } from './holding.ts';
import { replyClaimed, replyFailed, replyHandoff, replyReady, replyUndelivered } from './replying.ts';
import { addWaiting, spoke } from './waiting.ts';

/** The facts after an event. Pure and total; the machine's guards ask it where an event leads. */
export function reduce(before: Facts, event: ConversationEvent): Facts {
  return follow(before, { ...happen(before, event), lastAt: event.at }, event.at);
}

function happen(facts: Facts, event: ConversationEvent): Facts {
  switch (event.type) {
    case 'customer.message':
      return customerMessage(facts, event);
    case 'human.typing':
      return startTyping(facts, event);
    case 'human.stopped':
      return stopTyping(facts, event);
    case 'human.message':
      return humanMessage(facts, event);
    case 'message.recorded':
      return recorded(facts, event);
    case 'replies.disabled':
      return disableReplies(facts, event);
    case 'replies.enabled':
      return enableReplies(facts, event);
    case 'rules.changed':
      return changeRules(facts, event);
    case 'agent.changed':
      return dropReply({
        ...facts,
        agentId: event.agentId,
        rules: event.rules,
        raised: null,
        failures: 0,
        retryAt: null,
      });
    case 'deadline.passed':
      return deadlinePassed(facts, event);
    case 'reply.ready':
      return replyReady(facts, event);
    case 'reply.handoff':
      return replyHandoff(facts, event);
    case 'reply.failed':
      return replyFailed(facts, event.turn, event.at);
    case 'reply.claimed':
      return replyClaimed(facts, event);
    case 'reply.undelivered':
      return replyUndelivered(facts, event);
    case 'conversation.closed':
      return close(facts);
    case 'conversation.reopened':
      return { ...facts, closed: false, snoozedUntil: null };
    case 'conversation.snoozed':
      return { ...facts, closed: false, snoozedUntil: event.until };
    case 'conversation.assigned':
      return { ...facts, assigneeId: event.assigneeId };
  }
}

/** What follows from who holds now: the agent lets go of everything, or takes up what waits. */
function follow(before: Facts, facts: Facts, at: Ms): Facts {
  const held = deriveState(before) === 'agentActive';
  const holds = deriveState(facts) === 'agentActive';
  if (held && !holds) {
    return { ...facts, turn: facts.turn + 1, gathering: null, generation: null, pending: [], abortsInARow: 0 };
  }
  const entered = !held && holds ? { ...facts, epoch: facts.epoch + 1 } : facts;
  return gatherIfCalledFor(entered, at);
}

/** It never changes who holds (HOLD-9); it may abort what the agent is about to say (TURN-2). */
function customerMessage(facts: Facts, event: EventOf<'customer.message'>): Facts {
  const seq = facts.lastSeq + 1;
  const { at } = event;
  const heard: Facts = {
    ...facts,
    lastSeq: seq,
    waiting: addWaiting(facts.waiting, { seq, at }),
    closed: false,
    snoozedUntil: null,
    // A fresh message is not too old; a failing agent or channel gets one try for it (TURN-7, TURN-9).
    raised: facts.raised?.reason === 'tooOld' ? null : facts.raised,
  };
  if (deriveState(heard) !== 'agentActive' || heard.rules.paused || heard.raised?.reason === 'loop') return heard;
  if (heard.gathering !== null) return { ...heard, gathering: { ...heard.gathering, quietFrom: at } };
  if (heard.generation === null) return gather(heard, at);
  if (heard.abortsInARow >= MAX_ABORTS_IN_A_ROW) return heard;
  const { turn, abortsInARow } = heard;
  return gather({ ...heard, generation: null, turn: turn + 1, abortsInARow: abortsInARow + 1 }, at);
}

/** A message that changes nothing but the count: a note, an import, a broadcast (HOLD-15, HOLD-16). */
function recorded(facts: Facts, event: EventOf<'message.recorded'>): Facts {
  const seq = facts.lastSeq + 1;
  const isToCustomer = event.origin !== 'customer' && event.origin !== 'system' && !event.note;
  const counted = { ...facts, lastSeq: seq };
  return isToCustomer ? spoke(counted, event.by.id ?? event.by.kind, seq) : counted;
}

/** All deadlines due at once, in one step: leases and window first, since they decide whether the agent may act. */
function deadlinePassed(facts: Facts, event: EventOf<'deadline.passed'>): Facts {
  const { at, renewed } = event;
  const leases = facts.leases
    .map((lease) => ({ ...lease, expiresAt: Math.max(lease.expiresAt, renewed[lease.id] ?? 0) }))
    .filter((lease) => lease.expiresAt > at);
  const settled: Facts = {
    ...facts,
    leases,
    windowEndsAt: isPast(facts.windowEndsAt, at) ? null : facts.windowEndsAt,
    snoozedUntil: isPast(facts.snoozedUntil, at) ? null : facts.snoozedUntil,
  };
  if (deriveState(settled) !== 'agentActive') return settled;
  if (settled.generation !== null && settled.generation.deadlineAt <= at) {
    return replyFailed(settled, settled.generation.turn, at);
  }
  if (settled.gathering !== null && gatheringEndsAt(settled, settled.gathering) <= at) {
    return startGeneration(settled, at);
  }
  return settled;
}

function isPast(deadline: Ms | null, at: Ms): boolean {
  return deadline !== null && deadline <= at;
}

/** Closing ends waiting and aborts what the agent was about to say; who holds stays (HOLD-15). */
function close(facts: Facts): Facts {
  const inFlight = facts.inFlight && { ...facts.inFlight, covers: [] };
  const closed = { ...facts, closed: true, snoozedUntil: null, waiting: [], raised: null, instruction: null };
  return dropReply({ ...closed, closing: null, inFlight, failures: 0, retryAt: null });
}

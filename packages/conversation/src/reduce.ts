import type { ConversationEvent, EventOf } from './events.ts';
import type { Facts, Ms } from './facts.ts';
import { MAX_ABORTS_IN_A_ROW } from './limits.ts';
import { agentHolds, agentIsLooping, agentIsPaused } from './conditions.ts';
import { dropReply, gatherIfNeeded, gatheringEndsAt, startGathering, startGeneration } from './gathering.ts';
import { changeRules, disableReplies, enableReplies, humanMessage, startTyping, stopTyping } from './holding.ts';
import { replyClaimed, replyFailed, replyHandoff, replyReady, replyUndelivered } from './replying.ts';
import { addWaiting, recordSpeaker } from './waiting.ts';

/** The facts after an event. The machine's guards decide by them where the event leads. */
export function reduce(before: Facts, event: ConversationEvent): Facts {
  return updateAgent(before, { ...applyEvent(before, event), lastAt: event.at }, event.at);
}

function applyEvent(facts: Facts, event: ConversationEvent): Facts {
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
      return messageRecorded(facts, event);
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
      return closed(facts);
    case 'conversation.reopened':
      return { ...facts, closed: false, snoozedUntil: null };
    case 'conversation.snoozed':
      return { ...facts, closed: false, snoozedUntil: event.until };
    case 'conversation.assigned':
      return { ...facts, assigneeId: event.assigneeId };
  }
}

/** An agent that loses the hold drops its work; an agent that has it takes up the waiting messages. */
function updateAgent(before: Facts, facts: Facts, at: Ms): Facts {
  const held = agentHolds(before);
  const holds = agentHolds(facts);
  if (held && !holds) {
    return { ...facts, turn: facts.turn + 1, gathering: null, generation: null, pending: [], abortsInARow: 0 };
  }
  const entered = !held && holds ? { ...facts, epoch: facts.epoch + 1 } : facts;
  return gatherIfNeeded(entered, at);
}

/** A customer message never changes who holds (HOLD-9); it may abort the agent's reply (TURN-2). */
function customerMessage(facts: Facts, event: EventOf<'customer.message'>): Facts {
  const seq = facts.lastSeq + 1;
  const { at } = event;
  const received: Facts = {
    ...facts,
    lastSeq: seq,
    waiting: addWaiting(facts.waiting, { seq, at }),
    closed: false,
    snoozedUntil: null,
    // A fresh message is not too old; a failing agent or channel gets one try for it (TURN-7, TURN-9).
    raised: facts.raised?.reason === 'tooOld' ? null : facts.raised,
  };
  if (!agentHolds(received) || agentIsPaused(received) || agentIsLooping(received)) return received;
  if (received.gathering !== null) return { ...received, gathering: { ...received.gathering, quietFrom: at } };
  if (received.generation === null) return startGathering(received, at);
  if (received.abortsInARow >= MAX_ABORTS_IN_A_ROW) return received;
  const { turn, abortsInARow } = received;
  return startGathering({ ...received, generation: null, turn: turn + 1, abortsInARow: abortsInARow + 1 }, at);
}

/** A note, an import or a broadcast: it only takes the next seq (HOLD-15, HOLD-16). */
function messageRecorded(facts: Facts, event: EventOf<'message.recorded'>): Facts {
  const seq = facts.lastSeq + 1;
  const isToCustomer = event.origin !== 'customer' && event.origin !== 'system' && !event.note;
  const counted = { ...facts, lastSeq: seq };
  return isToCustomer ? recordSpeaker(counted, event.by.id ?? event.by.kind, seq) : counted;
}

/** Applies all due deadlines in one step: leases and window first, since they decide whether the agent may act. */
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
  if (!agentHolds(settled)) return settled;
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

/** Closing ends waiting and aborts the agent's reply; the holder stays (HOLD-15). */
function closed(facts: Facts): Facts {
  const inFlight = facts.inFlight && { ...facts.inFlight, covers: [] };
  const resolved = { ...facts, closed: true, snoozedUntil: null, waiting: [], raised: null, instruction: null };
  return dropReply({ ...resolved, closing: null, inFlight, failures: 0, retryAt: null });
}

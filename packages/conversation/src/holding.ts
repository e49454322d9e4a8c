import type { EventOf } from './events.ts';
import type { Facts, Handover, Ms, TypingLease } from './facts.ts';
import { MAX_HANDOVERS, MAX_LEASES } from './limits.ts';
import { agentHolds, windowIsRunning } from './conditions.ts';
import { dropReply } from './gathering.ts';
import { recordSpeaker, removeAnswered } from './waiting.ts';

export function startTyping(facts: Facts, event: EventOf<'human.typing'>): Facts {
  const lease: TypingLease = { id: event.leaseId, teammate: event.teammate, expiresAt: event.expiresAt };
  const others = facts.leases.filter((other) => other.id !== lease.id);
  return others.length < MAX_LEASES ? { ...facts, leases: [...others, lease] } : facts;
}

export function stopTyping(facts: Facts, event: EventOf<'human.stopped'>): Facts {
  return { ...facts, leases: facts.leases.filter((lease) => !event.leaseIds.includes(lease.id)) };
}

/** A person wrote to the customer: the window starts anew, and the messages that this person had seen are answered. */
export function humanMessage(facts: Facts, event: EventOf<'human.message'>): Facts {
  const seq = facts.lastSeq + 1;
  const sentAt = Math.min(event.sentAt, event.at);
  const { answersUpTo } = event;
  const answered = removeAnswered(facts, (waiting) =>
    answersUpTo === null ? waiting.at <= sentAt : waiting.seq <= answersUpTo,
  );
  const written: Facts = {
    ...answered,
    lastSeq: seq,
    lastHuman: { at: Math.max(sentAt, facts.lastHuman?.at ?? 0), by: event.by },
    windowEndsAt: windowAfter(facts, sentAt, event.at),
    leases: withoutLeasesOf(facts.leases, event.by.id),
    closing: null,
    raised: null,
    failures: 0,
    retryAt: null,
    instruction: null,
    handovers: addHandover(facts.handovers, {
      kind: 'tookOver',
      by: event.by.name ?? '',
      at: event.at,
      instruction: null,
    }),
  };
  return dropReply(recordSpeaker(written, event.by.id ?? event.by.kind, seq));
}

/** When the window ends after this message. A message from before a newer one, or the last hand-back, changes nothing (HOLD-7). */
function windowAfter(facts: Facts, sentAt: Ms, now: Ms): Ms | null {
  const isOutdated = sentAt < (facts.lastHuman?.at ?? 0) || sentAt < (facts.handedBackAt ?? 0);
  if (isOutdated) return facts.windowEndsAt;
  const endsAt = sentAt + facts.rules.humanPriorityWindowSeconds * 1000;
  return endsAt > now ? endsAt : null;
}

export function disableReplies(facts: Facts, event: EventOf<'replies.disabled'>): Facts {
  const { by, at } = event;
  const off = facts.off?.reason === 'switchedOff' ? facts.off : { by, at, reason: 'switchedOff' as const };
  const handovers = addHandover(facts.handovers, { kind: 'tookOver', by: by.name ?? '', at, instruction: null });
  return { ...facts, off, closing: null, raised: null, instruction: null, handovers };
}

/** *Hand back* ends the switch, the window and the leases of that teammate; another writer keeps the hold (HOLD-11). */
export function enableReplies(facts: Facts, event: EventOf<'replies.enabled'>): Facts {
  const { by, at, instruction } = event;
  const alreadyHeld = agentHolds(facts);
  const back: Facts = {
    ...facts,
    off: null,
    windowEndsAt: null,
    handedBackAt: at,
    leases: withoutLeasesOf(facts.leases, by.id),
    closing: null,
    raised: null,
    failures: 0,
    retryAt: null,
    instruction: instruction ?? facts.instruction,
  };
  if (alreadyHeld && instruction === null) return back;
  const handovers = addHandover(facts.handovers, { kind: 'handedBack', by: by.name ?? '', at, instruction });
  return alreadyHeld ? { ...dropReply(back), handovers } : { ...back, handovers };
}

/** New rules apply at once to a running window; an ended window stays ended (HOLD-12). Pausing stops the agent (HOLD-18). */
export function changeRules(facts: Facts, event: EventOf<'rules.changed'>): Facts {
  const { rules, at } = event;
  const endsAt = (facts.lastHuman?.at ?? 0) + rules.humanPriorityWindowSeconds * 1000;
  const isRunning = windowIsRunning(facts) && endsAt > at;
  const ruled = { ...facts, rules, windowEndsAt: isRunning ? endsAt : null };
  return rules.paused && !facts.rules.paused ? dropReply(ruled) : ruled;
}

function withoutLeasesOf(leases: TypingLease[], teammateId: string | null): TypingLease[] {
  return leases.filter((lease) => lease.teammate.id !== teammateId);
}

/** Several takeovers in a row by one person count as one. */
function addHandover(handovers: Handover[], next: Handover): Handover[] {
  const last = handovers.at(-1);
  if (last?.kind === 'tookOver' && next.kind === 'tookOver' && last.by === next.by) return handovers;
  return [...handovers, next].slice(-MAX_HANDOVERS);
}

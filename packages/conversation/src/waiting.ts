import type { Facts, PendingReply, Waiting } from './facts.ts';
import { MAX_WAITING } from './limits.ts';

/**
 * Adds a customer message. Beyond the limit the entry before the newest is dropped: only the oldest, which says since
 * when the customer waits, and the newest decide anything.
 */
export function addWaiting(waiting: Waiting[], message: Waiting): Waiting[] {
  const kept = waiting.length < MAX_WAITING ? waiting : waiting.slice(0, -1);
  return [...kept, message];
}

/** The waiting messages that no pending reply covers. */
export function uncovered(facts: Facts): Waiting[] {
  if (facts.pending.length === 0) return facts.waiting;
  const covered = new Set(facts.pending.flatMap((reply) => reply.covers.map((message) => message.seq)));
  return facts.waiting.filter((message) => !covered.has(message.seq));
}

/** Removes answered messages, also from the agent's replies: should one of those fail, they must not wait again. */
export function removeAnswered(facts: Facts, isAnswered: (message: Waiting) => boolean): Facts {
  const unanswered = (messages: Waiting[]) => messages.filter((message) => !isAnswered(message));
  const strip = (reply: PendingReply) => ({ ...reply, covers: unanswered(reply.covers) });
  return {
    ...facts,
    waiting: unanswered(facts.waiting),
    pending: facts.pending.map(strip),
    inFlight: facts.inFlight && strip(facts.inFlight),
  };
}

/** Lets the messages of a withheld or failed reply wait again. */
export function waitAgain(facts: Facts, covers: Waiting[]): Facts {
  const known = new Set(facts.waiting.map((message) => message.seq));
  const waiting = [...facts.waiting, ...covers.filter((message) => !known.has(message.seq))];
  return { ...facts, waiting: waiting.sort((a, b) => a.seq - b.seq) };
}

/** Records that a message to the customer went out. */
export function recordSpeaker(facts: Facts, authorId: string, seq: number): Facts {
  const { spoken } = facts;
  const seqByOthers = spoken === null ? 0 : spoken.authorId === authorId ? spoken.seqByOthers : spoken.seq;
  return { ...facts, spoken: { authorId, seq, seqByOthers } };
}

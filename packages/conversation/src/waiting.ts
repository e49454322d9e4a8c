import type { Facts, PendingReply, Waiting } from './facts.ts';
import { MAX_WAITING } from './limits.ts';

/**
 * Adds a customer message. Beyond the limit the entry before the newest is dropped: the oldest says since when the
 * customer waits, the newest when it is all answered, and the ones between change neither.
 */
export function addWaiting(waiting: Waiting[], message: Waiting): Waiting[] {
  const kept = waiting.length < MAX_WAITING ? waiting : waiting.slice(0, -1);
  return [...kept, message];
}

/** What waits and no pending reply answers yet. */
export function uncovered(facts: Facts): Waiting[] {
  if (facts.pending.length === 0) return facts.waiting;
  const covered = new Set(facts.pending.flatMap((reply) => reply.covers.map((message) => message.seq)));
  return facts.waiting.filter((message) => !covered.has(message.seq));
}

/** Forgets what is answered, also where an agent's reply was about to answer it or may yet fail to. */
export function answer(facts: Facts, isAnswered: (message: Waiting) => boolean): Facts {
  const open = (messages: Waiting[]) => messages.filter((message) => !isAnswered(message));
  const strip = (reply: PendingReply) => ({ ...reply, covers: open(reply.covers) });
  return {
    ...facts,
    waiting: open(facts.waiting),
    pending: facts.pending.map(strip),
    inFlight: facts.inFlight && strip(facts.inFlight),
  };
}

/** What a withheld or failed reply had answered waits again. */
export function waitAgain(facts: Facts, covers: Waiting[]): Facts {
  const known = new Set(facts.waiting.map((message) => message.seq));
  const waiting = [...facts.waiting, ...covers.filter((message) => !known.has(message.seq))];
  return { ...facts, waiting: waiting.sort((a, b) => a.seq - b.seq) };
}

/** Notes that a message to the customer went out. */
export function spoke(facts: Facts, authorId: string, seq: number): Facts {
  const { spoken } = facts;
  const seqByOthers = spoken === null ? 0 : spoken.authorId === authorId ? spoken.seqByOthers : spoken.seq;
  return { ...facts, spoken: { authorId, seq, seqByOthers } };
}

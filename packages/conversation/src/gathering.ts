import { deriveState } from './derive.ts';
import type { Facts, Gathering, Ms } from './facts.ts';
import { GATHERING_CAP_MS, HARD_DEADLINE_MS, LOOP_MS, LOOP_REPLIES, TOO_OLD_MS } from './limits.ts';
import { uncovered } from './waiting.ts';

/** When a quiet moment is reached: derived, so that a changed reply delay applies to a running gathering (HOLD-12). */
export function gatheringEndsAt(facts: Facts, gathering: Gathering): Ms {
  const delay = facts.rules.replyDelaySeconds * 1000;
  const quiet = Math.min(gathering.quietFrom + delay, gathering.since + Math.max(GATHERING_CAP_MS, 2 * delay));
  return Math.max(quiet, facts.retryAt ?? 0);
}

export function gather(facts: Facts, at: Ms): Facts {
  return { ...facts, gathering: { since: at, quietFrom: at } };
}

/** Starts gathering where the agent holds, is free to speak, and somebody waits or an instruction asks for a reply (TURN-5). */
export function gatherIfCalledFor(facts: Facts, at: Ms): Facts {
  const busy = facts.gathering !== null || facts.generation !== null;
  const barred = facts.rules.paused || facts.raised !== null || deriveState(facts) !== 'agentActive';
  const isInstructed = facts.instruction !== null && facts.pending.length === 0;
  const called = isInstructed || uncovered(facts).length > 0;
  return called && !busy && !barred ? gather(facts, at) : facts;
}

/** The quiet moment has come: one generation for all that waits, unless the agent must not answer it. */
export function startGeneration(facts: Facts, at: Ms): Facts {
  const recentReplies = facts.recentReplies.filter((time) => time > at - LOOP_MS);
  const covers = uncovered(facts);
  const rested = { ...facts, gathering: null, recentReplies };

  if (recentReplies.length >= LOOP_REPLIES) return { ...rested, raised: { reason: 'loop', at } };
  const newest = covers.at(-1);
  if (newest !== undefined && facts.instruction === null && at - newest.at > TOO_OLD_MS) {
    return { ...rested, raised: { reason: 'tooOld', at } };
  }
  const turn = facts.turn + 1;
  return { ...rested, turn, generation: { turn, startedAt: at, deadlineAt: at + HARD_DEADLINE_MS, covers } };
}

/** The ground of a reply is gone (TURN-3): nothing of it may be said. A new epoch strands what is committed and unclaimed. */
export function dropReply(facts: Facts): Facts {
  return { ...facts, turn: facts.turn + 1, epoch: facts.epoch + 1, gathering: null, generation: null, pending: [] };
}

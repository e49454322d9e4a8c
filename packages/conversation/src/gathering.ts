import {
  agentHolds,
  agentIsPaused,
  instructionIsGiven,
  isGathering,
  isReplying,
  replyIsPending,
  teammateIsNeeded,
} from './conditions.ts';
import type { Facts, Gathering, Ms } from './facts.ts';
import { GATHERING_CAP_MS, HARD_DEADLINE_MS, LOOP_MS, LOOP_REPLIES, TOO_OLD_MS } from './limits.ts';
import { uncovered } from './waiting.ts';

/** When the quiet moment comes. It is not stored, so a changed reply delay applies to a running gathering (HOLD-12). */
export function gatheringEndsAt(facts: Facts, gathering: Gathering): Ms {
  const delay = facts.rules.replyDelaySeconds * 1000;
  const quiet = Math.min(gathering.quietFrom + delay, gathering.since + Math.max(GATHERING_CAP_MS, 2 * delay));
  return Math.max(quiet, facts.retryAt ?? 0);
}

export function startGathering(facts: Facts, at: Ms): Facts {
  return { ...facts, gathering: { since: at, quietFrom: at } };
}

/** Starts gathering where the agent may answer, and a customer waits or an instruction asks for a reply (TURN-5). */
export function gatherIfNeeded(facts: Facts, at: Ms): Facts {
  const isBusy = isGathering(facts) || isReplying(facts);
  const mayAnswer = agentHolds(facts) && !agentIsPaused(facts) && !teammateIsNeeded(facts);
  const isInstructed = instructionIsGiven(facts) && !replyIsPending(facts);
  const isNeeded = isInstructed || uncovered(facts).length > 0;
  return isNeeded && mayAnswer && !isBusy ? startGathering(facts, at) : facts;
}

/** The quiet moment has come: one generation covers all waiting messages, unless the agent must not answer them. */
export function startGeneration(facts: Facts, at: Ms): Facts {
  const recentReplies = facts.recentReplies.filter((time) => time > at - LOOP_MS);
  const covers = uncovered(facts);
  const quiet = { ...facts, gathering: null, recentReplies };

  if (recentReplies.length >= LOOP_REPLIES) return { ...quiet, raised: { reason: 'loop', at } };
  const newest = covers.at(-1);
  if (newest !== undefined && facts.instruction === null && at - newest.at > TOO_OLD_MS) {
    return { ...quiet, raised: { reason: 'tooOld', at } };
  }
  const turn = facts.turn + 1;
  return { ...quiet, turn, generation: { turn, startedAt: at, deadlineAt: at + HARD_DEADLINE_MS, covers } };
}

/** The context of the reply is invalid (TURN-3). The new epoch withholds a reply that is committed and not claimed. */
export function dropReply(facts: Facts): Facts {
  return { ...facts, turn: facts.turn + 1, epoch: facts.epoch + 1, gathering: null, generation: null, pending: [] };
}

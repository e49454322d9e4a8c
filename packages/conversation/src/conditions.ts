import type { Facts } from './facts.ts';

/**
 * The conditions of the rules, each a question about the facts. The machine's guards ask them after each event, and the
 * reducer asks `agentHolds`. `derive.ts` does not use them: it checks the machine by its own reading of the facts.
 */

/** The switch *Agent replies* is off (HOLD-10). */
export function repliesAreOff(facts: Facts): boolean {
  return facts.off !== null;
}

/** A teammate's typing mutes the agent (HOLD-3); with mute off, typing mutes nothing (HOLD-13). */
export function someoneIsWriting(facts: Facts): boolean {
  return facts.rules.muteWhenHumanActive && facts.leases.length > 0;
}

/** The human priority window runs (HOLD-6). */
export function windowIsRunning(facts: Facts): boolean {
  return facts.windowEndsAt !== null;
}

/** Only then may an agent reply be started, committed or claimed (HOLD-2). */
export function agentHolds(facts: Facts): boolean {
  return !repliesAreOff(facts) && !someoneIsWriting(facts) && !windowIsRunning(facts);
}

/** The agent is paused in all its conversations (HOLD-18). */
export function agentIsPaused(facts: Facts): boolean {
  return facts.rules.paused;
}

/** The agent gave up, and a teammate has to answer (TURN-7, TURN-9, TURN-12). */
export function teammateIsNeeded(facts: Facts): boolean {
  return facts.raised !== null;
}

/** Two machines seem to talk to each other (TURN-12). */
export function agentIsLooping(facts: Facts): boolean {
  return facts.raised?.reason === 'loop';
}

/** The customer has written and nobody has answered since. */
export function customerIsWaiting(facts: Facts): boolean {
  return facts.waiting.length > 0;
}

/** A teammate's instruction asks the agent for a reply (HOLD-11). */
export function instructionIsGiven(facts: Facts): boolean {
  return facts.instruction !== null;
}

/** The agent waits for a quiet moment (TURN-1). */
export function isGathering(facts: Facts): boolean {
  return facts.gathering !== null;
}

/** The agent's backend is making a reply. */
export function isReplying(facts: Facts): boolean {
  return facts.generation !== null;
}

/** A committed reply is not claimed yet. */
export function replyIsPending(facts: Facts): boolean {
  return facts.pending.length > 0;
}

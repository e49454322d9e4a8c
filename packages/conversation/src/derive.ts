import type { AgentPhase, ConversationState, Leaf } from '@baton/protocol';
import type { Facts } from './facts.ts';

/**
 * HOLD-1 in one sentence, apart from the machine: the state that the facts stand for, once due deadlines are applied.
 * The machine never asks it. `step`, the loader and the proofs compare the two, so a fault in either shows.
 */
export function deriveState(facts: Facts): ConversationState {
  if (facts.off !== null) return 'agentDisabled';
  if (facts.rules.muteWhenHumanActive && facts.leases.length > 0) return 'humanActive';
  return facts.windowEndsAt === null ? 'agentActive' : 'humanPriorityWindow';
}

export function deriveLeaf(facts: Facts): Leaf {
  const state = deriveState(facts);
  return state === 'agentActive' ? `agentActive.${derivePhase(facts)}` : state;
}

function derivePhase(facts: Facts): AgentPhase {
  if (facts.generation !== null) return 'replying';
  if (facts.gathering !== null) return 'gathering';
  return facts.pending.length > 0 ? 'sending' : 'idle';
}

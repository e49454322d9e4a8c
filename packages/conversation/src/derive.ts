import type { ConversationState } from '@baton/protocol';
import type { Facts } from './facts.ts';

export type AgentPhase = 'idle' | 'gathering' | 'replying' | 'sending';
export type Leaf = `agentActive.${AgentPhase}` | Exclude<ConversationState, 'agentActive'>;

/** The one derivation: where a conversation stands, from its facts alone (HOLD-1). Due deadlines are settled before. */
export function deriveState(facts: Facts): ConversationState {
  if (facts.off !== null) return 'agentDisabled';
  if (facts.rules.muteWhenHumanActive && facts.leases.length > 0) return 'humanActive';
  if (facts.windowEndsAt !== null) return 'humanPriorityWindow';
  return 'agentActive';
}

/** What the agent is about, while it holds. */
function derivePhase(facts: Facts): AgentPhase {
  if (facts.generation !== null) return 'replying';
  if (facts.gathering !== null) return 'gathering';
  return facts.pending.length > 0 ? 'sending' : 'idle';
}

export function deriveLeaf(facts: Facts): Leaf {
  const state = deriveState(facts);
  return state === 'agentActive' ? `agentActive.${derivePhase(facts)}` : state;
}

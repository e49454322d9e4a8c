import type { AgentPhase, ConversationState, Leaf } from '@baton/protocol';

const PARTS = {
  'agentActive.idle': { state: 'agentActive', phase: 'idle' },
  'agentActive.gathering': { state: 'agentActive', phase: 'gathering' },
  'agentActive.replying': { state: 'agentActive', phase: 'replying' },
  'agentActive.sending': { state: 'agentActive', phase: 'sending' },
  humanActive: { state: 'humanActive', phase: null },
  humanPriorityWindow: { state: 'humanPriorityWindow', phase: null },
  agentDisabled: { state: 'agentDisabled', phase: null },
} as const satisfies Record<Leaf, { state: ConversationState; phase: AgentPhase | null }>;

/** One of the four states, which say who holds the conversation. */
export function stateOf(leaf: Leaf): ConversationState {
  return PARTS[leaf].state;
}

/** The agent's step while it holds the conversation; null while people hold it. */
export function phaseOf(leaf: Leaf): AgentPhase | null {
  return PARTS[leaf].phase;
}

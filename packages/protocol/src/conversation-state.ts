// Apart from the schemas, so that a page that only lists the states is not made to carry them.

/** The four states of the statechart: who may speak to the customer now. */
export const CONVERSATION_STATES = ['agentActive', 'humanActive', 'humanPriorityWindow', 'agentDisabled'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

/** The agent's own step inside `agentActive`. */
export const AGENT_PHASES = ['idle', 'gathering', 'replying', 'sending'] as const;
export type AgentPhase = (typeof AGENT_PHASES)[number];

/** The innermost states of the statechart: a conversation stands in exactly one of them. */
export const LEAVES = [
  'agentActive.idle',
  'agentActive.gathering',
  'agentActive.replying',
  'agentActive.sending',
  'humanActive',
  'humanPriorityWindow',
  'agentDisabled',
] as const;
export type Leaf = (typeof LEAVES)[number];

// Apart from the schemas, so that a page that only lists the states is not made to carry them.

/** The four states of the statechart: who may speak to the customer now. */
export const CONVERSATION_STATES = ['agentActive', 'humanActive', 'humanPriorityWindow', 'agentDisabled'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

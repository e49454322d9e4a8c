export { deriveLeaf, deriveState, type AgentPhase, type Leaf } from './derive.ts';
export * from './events.ts';
export * from './facts.ts';
export * from './limits.ts';
export { conversationMachine } from './machine.ts';
export * from './snapshot.ts';
export * from './step.ts';
export * from './view.ts';

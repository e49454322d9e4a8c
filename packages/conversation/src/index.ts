export { deriveLeaf, deriveState } from './derive.ts';
export * from './events.ts';
export * from './facts.ts';
export { phaseOf, stateOf } from './leaf.ts';
export * from './limits.ts';
export { conversationMachine } from './machine.ts';
export * from './snapshot.ts';
export * from './step.ts';
export * from './view.ts';

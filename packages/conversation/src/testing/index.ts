export * from './abstraction.ts';
export * from './explore.ts';
export * from './invariants.ts';
export * from './people.ts';

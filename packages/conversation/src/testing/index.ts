export * from './abstraction.ts';
export * from './cells.ts';
export * from './explore.ts';
export * from './invariants.ts';
export * from './people.ts';

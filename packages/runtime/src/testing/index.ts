export * from './store-contract.ts';
export * from './store-fixture.ts';
export * from './memory-fixture.ts';

export * from './store-contract.ts';
export * from './store-fixture.ts';

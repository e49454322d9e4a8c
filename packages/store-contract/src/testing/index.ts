export * from './commit-item.ts';
export * from './fake-scheduler.ts';
export * from './memory-fixture.ts';
export * from './store-fixture.ts';

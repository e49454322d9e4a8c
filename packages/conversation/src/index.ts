export * from './events.ts';
export * from './facts.ts';
export * from './limits.ts';
export * from './snapshot.ts';
export * from './step.ts';
export * from './view.ts';

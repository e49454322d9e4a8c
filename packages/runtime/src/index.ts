export * from './backends.ts';
export * from './commands.ts';
export * from './publisher.ts';
export * from './store.ts';

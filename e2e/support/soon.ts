import { expect } from 'vitest';

/** What people see follows what happened: looks again and again, for at most 10 s. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000, interval: 40 });

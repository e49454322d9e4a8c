import { expect } from 'vitest';

/** A person would have given up; a machine that is busy with other things may still get there. */
export const PATIENCE_MS = 30_000;

/** The screen follows later than the event, so this polls until it does. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: PATIENCE_MS, interval: 40 });

/**
 * Runs a step several times, one after the other, and takes the quickest: slow code is slow each time, a busy machine only sometimes. Gives the least of what `measure` gives.
 */
export async function quickest(times: number, measure: (time: number) => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let time = 1; time <= times; time += 1) took.push(await measure(time));
  return Math.min(...took);
}

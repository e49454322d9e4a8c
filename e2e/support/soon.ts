import { expect } from 'vitest';

/** A person would have given up; a machine that is busy with other things may still get there. */
export const PATIENCE_MS = 30_000;

/** What people see follows what happened: looks again and again, for as long as that. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: PATIENCE_MS, interval: 40 });

/**
 * What has to be quick is done some times, each once the one before is over, and has been at least once: what is slow by
 * itself is slow each time, a busy machine now and then. Gives the least of what `measure` gives.
 */
export async function quickest(times: number, measure: (time: number) => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let time = 1; time <= times; time += 1) took.push(await measure(time));
  return Math.min(...took);
}

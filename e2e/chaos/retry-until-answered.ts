import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../support/api.ts';

/** Status codes of 4xx that ask for a retry. All others are final. */
const NOT_NOW = new Set([408, 425, 429]);

/** Quarantine is final: it ends only by hand, and no injected fault may cause it. */
function isFinal({ status, problem }: ApiError): boolean {
  return (status < 500 && !NOT_NOW.has(status)) || problem.code === 'quarantined';
}

/** Some minutes of retries, longer than any injected outage. */
const MAX_TRIES = 200;

export interface Answered<T> {
  answer: T;
  tries: number;
}

/**
 * Repeats a request with the same id until it is answered. The id matters: a lost answer may have been a success.
 */
export async function retryUntilAnswered<T>(ask: (tries: number) => Promise<T>): Promise<Answered<T>> {
  const failures = new Map<string, number>();
  for (let tries = 1; ; tries += 1) {
    try {
      return { answer: await ask(tries), tries };
    } catch (error) {
      if (error instanceof ApiError && isFinal(error)) throw error;
      failures.set(String(error), (failures.get(String(error)) ?? 0) + 1);
      if (tries >= MAX_TRIES) {
        const lines = [...failures].map(([failure, times]) => `${times} times ${failure}`);
        throw new Error(`no answer after ${tries} tries:\n${lines.join('\n')}`, { cause: error });
      }
    }
    await pause(Math.min(500, 50 * tries));
  }
}

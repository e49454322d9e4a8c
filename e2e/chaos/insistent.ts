import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../support/api.ts';

/** Answers that say: not now. Everything else of 4xx is a definite no. */
const NOT_NOW = new Set([408, 425, 429]);

/** What is set aside stays so until somebody gives it back: no fault of the plan may end in that. */
function isFinal({ status, problem }: ApiError): boolean {
  return (status < 500 && !NOT_NOW.has(status)) || problem.code === 'quarantined';
}

/** Minutes: no outage of a plan is that long. */
const MOST_TRIES = 200;

export interface Insisted<T> {
  answer: T;
  tries: number;
}

/**
 * As a client does that means it: the same request with the same id, again and again, until it is answered. An answer that
 * never came may have been a yes: hence the ids.
 */
export async function insist<T>(ask: (tries: number) => Promise<T>): Promise<Insisted<T>> {
  const refusals = new Map<string, number>();
  for (let tries = 1; ; tries += 1) {
    try {
      return { answer: await ask(tries), tries };
    } catch (error) {
      if (error instanceof ApiError && isFinal(error)) throw error;
      refusals.set(String(error), (refusals.get(String(error)) ?? 0) + 1);
      if (tries >= MOST_TRIES) {
        const words = [...refusals].map(([refusal, times]) => `${times} times ${refusal}`);
        throw new Error(`nobody has answered ${tries} times:\n${words.join('\n')}`, { cause: error });
      }
    }
    await pause(Math.min(500, 50 * tries));
  }
}

import type { Asking } from './asking.ts';
import { ENGLISH } from './asks-for-person.en.ts';
import { SPANISH } from './asks-for-person.es.ts';
import { sentencesOf } from './sentences.ts';

/** Does the customer ask to be served by a person? English and Spanish. */
export function asksForPerson(message: string): boolean {
  return sentencesOf(message).some(({ words }) => {
    const line = ` ${words.join(' ')} `;
    return asksIn(line, ENGLISH) || asksIn(line, SPANISH);
  });
}

function asksIn(line: string, { patterns, negation }: Asking): boolean {
  return patterns.some((pattern) => {
    const match = pattern.exec(line);
    return match !== null && !negation.test(line.slice(0, match.index + 1));
  });
}

import type { ProblemCode } from '@baton/protocol';
import type { Refused } from '../../api/request.ts';
import { accountWords } from './messages.ts';

const WORDS: Partial<Record<ProblemCode, string>> = {
  unauthenticated: accountWords.wrongCredentials,
  invalid: accountWords.wrongCredentials,
  malformed_json: accountWords.wrongCredentials,
  rate_limited: accountWords.tooManyTries,
  unavailable: accountWords.away,
};

/** Why signing in did not work, in words that say what to do. The server never says which of the two was wrong. */
export function signInProblem({ problem }: Refused): string {
  return WORDS[problem.code] ?? accountWords.failed;
}

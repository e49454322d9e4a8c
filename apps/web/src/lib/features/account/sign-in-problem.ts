import type { Refused } from '../../api/request.ts';
import { accountWords } from './messages.ts';

/** Why signing in did not work, in words that say what to do. The server never says which of the two was wrong. */
export function signInProblem({ problem }: Refused): string {
  switch (problem.code) {
    case 'unauthenticated':
    case 'invalid':
    case 'malformed_json':
      return accountWords.wrongCredentials;
    case 'rate_limited':
      return accountWords.tooManyTries;
    case 'unavailable':
      return accountWords.away;
    default:
      return accountWords.failed;
  }
}

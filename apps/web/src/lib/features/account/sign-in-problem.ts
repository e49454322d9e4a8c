import type { ProblemCode } from '@baton/protocol';
import type { Refused } from '../../api/request.ts';
import { m } from '../../paraglide/messages.js';

const WORDS: Partial<Record<ProblemCode, () => string>> = {
  unauthenticated: m.account_wrong_credentials,
  invalid: m.account_wrong_credentials,
  malformed_json: m.account_wrong_credentials,
  rate_limited: m.account_too_many_attempts,
  unavailable: m.account_away,
};

/** Why signing in did not work, in words that say what to do. The server never says which of the two was wrong. */
export function signInProblem({ problem }: Refused): string {
  return (WORDS[problem.code] ?? m.account_failed)();
}

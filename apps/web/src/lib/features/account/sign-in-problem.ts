import type { ProblemCode } from '@baton/protocol';
import type { Rejected } from '@baton/client';
import { m } from '../../paraglide/messages.js';

const WORDS: Partial<Record<ProblemCode, () => string>> = {
  unauthenticated: m.account_wrong_credentials,
  invalid: m.account_wrong_credentials,
  malformed_json: m.account_wrong_credentials,
  rate_limited: m.account_too_many_attempts,
  unavailable: m.account_away,
};

/** Why signing in failed. The server never says whether email or password was wrong. */
export function signInProblem({ problem }: Rejected): string {
  return (WORDS[problem.code] ?? m.account_failed)();
}

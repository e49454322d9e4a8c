import type { ProblemCode } from '@baton/protocol';
import type { Refused } from '../../api/request.ts';

const WORDS: Partial<Record<ProblemCode, string>> = {
  unavailable: 'The server or its database is away. Nothing was lost; try again shortly.',
  forbidden: 'Your role does not allow this.',
  not_found: 'This is not there any more.',
  rate_limited: 'Too much at once. Wait a moment, then try again.',
  quarantined: 'This conversation is set aside until an operator looks at it.',
};

/** What went wrong, for people. The server's own words where it says more than the code does. */
export function problemWords({ problem }: Refused): string {
  const fields = problem.errors?.map(({ path, message }) => `${path} ${message}`).join('; ');
  return WORDS[problem.code] ?? (fields || problem.detail || problem.title);
}

import type { ProblemCode } from '@baton/protocol';
import type { Rejected } from '@baton/client';
import { m } from '../../paraglide/messages.js';

const TEXTS: Partial<Record<ProblemCode, () => string>> = {
  unavailable: m.problem_unavailable,
  forbidden: m.problem_forbidden,
  not_found: m.problem_not_found,
  rate_limited: m.problem_rate_limited,
  quarantined: m.problem_quarantined,
};

/** What went wrong. The server's text wins where it says more than the code does. */
export function problemText({ problem }: Rejected): string {
  const fields = problem.errors?.map(({ path, message }) => `${path} ${message}`).join('; ');
  return TEXTS[problem.code]?.() ?? (fields || problem.detail || problem.title);
}

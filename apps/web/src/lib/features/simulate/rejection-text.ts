import type { ProblemCode } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

/** Why no customer was simulated. */
export function rejectionText(code: ProblemCode): string {
  if (code === 'conflict') return m.simulate_many();
  return code === 'not_found' ? m.simulate_no_channel() : m.simulate_failed();
}

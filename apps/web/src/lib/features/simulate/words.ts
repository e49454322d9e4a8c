import type { ProblemCode } from '@baton/protocol';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const simulateWords = texts({
  start: m.simulate_start,
  short: m.simulate_rail,
  busy: m.simulate_busy,
  hint: m.simulate_hint,
  emptyTitle: m.simulate_empty_title,
  connect: m.simulate_connect,
  askOwner: m.simulate_ask_owner,
});

/** Why no customer came. */
export function refusedWords(code: ProblemCode): string {
  if (code === 'conflict') return m.simulate_many();
  return code === 'not_found' ? m.simulate_no_channel() : m.simulate_failed();
}

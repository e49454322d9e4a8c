import { m } from '../../paraglide/messages.js';

/** The effect of both rules together, in one sentence. */
export function rulesSummary(muteWhenHumanActive: boolean, windowSeconds: number): string {
  if (muteWhenHumanActive && windowSeconds > 0) return m.rules_summary_both({ count: windowSeconds });
  if (muteWhenHumanActive) return m.rules_summary_mute();
  return windowSeconds > 0 ? m.rules_summary_window({ count: windowSeconds }) : m.rules_summary_off();
}

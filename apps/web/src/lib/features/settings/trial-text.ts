import type { AgentTrial } from '@baton/protocol';
import { numberText } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';

type Answered = Extract<AgentTrial, { ok: true }>;
type Failed = Extract<AgentTrial, { ok: false }>;

const KINDS: Readonly<Record<Answered['kind'], () => string>> = {
  reply: m.trial_reply,
  handoff: m.trial_handoff,
  silence: m.trial_silence,
};

export function trialKindLabel(kind: Answered['kind']): string {
  return KINDS[kind]();
}

export function tookText(ms: number): string {
  return m.trial_took({ time: ms < 1_000 ? `${numberText(ms)} ms` : `${numberText(Math.round(ms / 100) / 10)} s` });
}

/** Says why there is no answer, and how to mend it. */
export function trialFailureText({ failure }: Failed): string {
  switch (failure.kind) {
    case 'timeout':
      return m.trial_timeout({ seconds: numberText(failure.seconds) });
    case 'status':
      return m.trial_status({ status: String(failure.status) });
    case 'redirect':
      return m.trial_redirect({ status: String(failure.status) });
    case 'notJson':
      return m.trial_not_json();
    case 'wrongShape':
      return m.trial_wrong_shape();
    case 'tooLarge':
      return m.trial_too_large();
    case 'refusedAddress':
      return m.trial_refused_address();
    case 'unreachable':
      return m.trial_unreachable();
    case 'knowledgeUnavailable':
      return m.trial_knowledge();
  }
}

import type { ConversationState, InVain } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const REASONS: Readonly<Record<InVain, () => string>> = {
  switchedOff: m.supervise_vain_switched_off,
  handoffRequested: m.supervise_vain_handoff_requested,
  agentFailed: m.supervise_vain_agent_failed,
  agentPaused: m.supervise_vain_agent_paused,
  tooOld: m.supervise_vain_too_old,
  loop: m.supervise_vain_loop,
  deliveryFailed: m.supervise_vain_delivery_failed,
  quarantined: m.supervise_vain_quarantined,
};

const EMPTY_COLUMNS: Readonly<Record<ConversationState, () => string>> = {
  agentActive: m.supervise_empty_agent_active,
  humanActive: m.supervise_empty_human_active,
  humanPriorityWindow: m.supervise_empty_human_priority_window,
  agentDisabled: m.supervise_empty_agent_disabled,
};

/** Why a customer needs a teammate. */
export function waitingReasonLabel(reason: InVain): string {
  return REASONS[reason]();
}

export function emptyColumnText(column: ConversationState): string {
  return EMPTY_COLUMNS[column]();
}

import type { UnansweredReason } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';

const REASONS: Readonly<Record<UnansweredReason, () => string>> = {
  switchedOff: m.supervise_needs_switched_off,
  handoffRequested: m.supervise_needs_handoff_requested,
  agentFailed: m.supervise_needs_agent_failed,
  agentPaused: m.supervise_needs_agent_paused,
  tooOld: m.supervise_needs_too_old,
  loop: m.supervise_needs_loop,
  deliveryFailed: m.supervise_needs_delivery_failed,
  quarantined: m.supervise_needs_quarantined,
};

/** Why a customer needs a teammate. */
export function waitingReasonLabel(reason: UnansweredReason): string {
  return REASONS[reason]();
}

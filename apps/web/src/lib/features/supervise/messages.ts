import type { ConversationState, InVain } from '@baton/protocol';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const superviseWords = texts({
  title: m.supervise_title,
  filters: m.supervise_filters,
  agent: m.supervise_agent,
  fewer: m.supervise_fewer,
  anyAgent: m.supervise_any_agent,
  channel: m.supervise_channel,
  anyChannel: m.supervise_any_channel,
  loading: m.supervise_loading,
  failed: m.supervise_failed,
  again: m.supervise_again,
  vainTitle: m.supervise_vain_title,
  vainNone: m.supervise_vain_none,
  noMessage: m.supervise_no_message,
  nobodys: m.supervise_nobodys,
  closePeek: m.supervise_close_peek,
  openInInbox: m.supervise_open_in_inbox,
  takeOver: m.supervise_take_over,
  takeOverDone: m.supervise_take_over_done,
  handBack: m.supervise_hand_back,
  handBackNotNeeded: m.supervise_hand_back_not_needed,
  instruction: m.supervise_instruction,
  cancel: m.supervise_cancel,
  whisperLabel: m.supervise_whisper_label,
  whisper: m.supervise_whisper,
  whispered: m.supervise_whispered,
  log: m.supervise_log,
  note: m.supervise_note,
  earlier: m.supervise_earlier,
  gone: m.supervise_gone,
  dismiss: m.supervise_dismiss,
  notForYou: m.supervise_not_for_you,
  notForYouHint: m.supervise_not_for_you_hint,
  toInbox: m.supervise_to_inbox,
});

/** Why a customer waits in vain, in a word or two. */
export const vainWords: Readonly<Record<InVain, string>> = texts({
  switchedOff: m.supervise_vain_switched_off,
  handoffRequested: m.supervise_vain_handoff_requested,
  agentFailed: m.supervise_vain_agent_failed,
  agentPaused: m.supervise_vain_agent_paused,
  tooOld: m.supervise_vain_too_old,
  loop: m.supervise_vain_loop,
  deliveryFailed: m.supervise_vain_delivery_failed,
  quarantined: m.supervise_vain_quarantined,
});

export const emptyWords: Readonly<Record<ConversationState, string>> = texts({
  agentActive: m.supervise_empty_agent_active,
  humanActive: m.supervise_empty_human_active,
  humanPriorityWindow: m.supervise_empty_human_priority_window,
  agentDisabled: m.supervise_empty_agent_disabled,
});

import type { ConversationState, Holder, Person, SilenceReason } from '@baton/protocol';
import { listText } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';

const STATES: Readonly<Record<ConversationState, () => string>> = {
  agentActive: m.holding_agent_active,
  humanActive: m.holding_human_active,
  humanPriorityWindow: m.holding_team_first,
  agentDisabled: m.holding_agent_disabled,
};

/** Null where the state's label says the same. */
const SILENCES: Readonly<Record<SilenceReason, (() => string) | null>> = {
  handoffRequested: m.holding_handoff_requested,
  agentFailed: m.holding_agent_failed,
  agentPaused: m.holding_agent_paused,
  tooOld: m.holding_too_old,
  loop: m.holding_loop,
  deliveryFailed: m.holding_delivery_failed,
  quarantined: m.holding_quarantined,
  typing: null,
  window: null,
  switchedOff: null,
};

export function stateLabel(state: ConversationState): string {
  return STATES[state]();
}

export function silenceLabel(reason: SilenceReason): string | null {
  return SILENCES[reason]?.() ?? null;
}

export function holderLabel(holder: Holder, meId: string): string {
  switch (holder.kind) {
    case 'agent':
      return m.holding_agent();
    case 'teammates':
      return holder.teammates.length === 0 ? m.holding_team() : people(holder.teammates, meId);
    case 'external':
      return m.holding_outside_baton();
    case 'team':
      return m.holding_team();
  }
}

/** `You`, `Ana and Ben`, `Ana, Ben and you`. */
export function people(persons: readonly Person[], meId: string): string {
  const others = persons.filter((person) => person.id !== meId).map((person) => person.name);
  if (others.length === 0) return persons.length === 0 ? m.holding_someone() : m.holding_you();
  return listText(others.length < persons.length ? [...others, m.holding_you_in_list()] : others);
}

/** The grammatical subject of a sentence about these people: its verb differs. */
export function subjectOf(persons: readonly Person[], meId: string): 'you' | 'one' | 'many' {
  if (persons.length > 1) return 'many';
  return persons[0]?.id === meId ? 'you' : 'one';
}

/** @param duration how long the customer has been waiting, from `agoText` */
export function waitingText(duration: string): string {
  return duration === m.holding_now() ? m.list_waiting() : m.list_waiting_since({ duration });
}

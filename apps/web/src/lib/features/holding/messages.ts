import type { ConversationState, Holder, Person, SilenceReason } from '@baton/protocol';
import { listText } from '../../i18n/format.ts';
import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';

export const stateWords: Readonly<Record<ConversationState, string>> = texts({
  agentActive: m.holding_agent_active,
  humanActive: m.holding_human_active,
  humanPriorityWindow: m.holding_human_priority_window,
  agentDisabled: m.holding_agent_disabled,
});

/** In a list, where there is room for a word: why an agent that holds says nothing. Null where the state says it. */
export const silentWords: Readonly<Record<SilenceReason, string | null>> = texts(
  {
    handoffRequested: m.holding_handoff_requested,
    agentFailed: m.holding_agent_failed,
    agentPaused: m.holding_agent_paused,
    tooOld: m.holding_too_old,
    loop: m.holding_loop,
    deliveryFailed: m.holding_delivery_failed,
    quarantined: m.holding_quarantined,
  },
  { typing: null, window: null, switchedOff: null },
);

export function holderWords(holder: Holder, meId: string): string {
  switch (holder.kind) {
    case 'agent':
      return m.holding_agent();
    case 'teammates':
      return holder.teammates.length === 0 ? m.holding_team() : people(holder.teammates, meId);
    case 'external':
      return m.holding_another_device();
    case 'team':
      return m.holding_team();
  }
}

/** `You`, `Ana and Ben`, `Ana, Ben and you`. */
export function people(persons: readonly Person[], meId: string): string {
  const others = persons.filter((person) => person.id !== meId).map((person) => person.name);
  if (others.length === 0) return persons.length === 0 ? m.holding_somebody() : m.holding_you();
  return listText(others.length < persons.length ? [...others, m.holding_you_in_list()] : others);
}

/** Whom a sentence is about: its verb differs. */
export function whoOf(persons: readonly Person[], meId: string): 'you' | 'one' | 'many' {
  if (persons.length > 1) return 'many';
  return persons[0]?.id === meId ? 'you' : 'one';
}

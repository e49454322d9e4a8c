import type { ConversationState, Holder, Person, SilenceReason } from '@baton/protocol';

export const stateWords: Record<ConversationState, string> = {
  agentActive: 'Agent active',
  humanActive: 'Person writing',
  humanPriorityWindow: 'Human priority window',
  agentDisabled: 'Agent off',
};

/** In a list, where there is room for a word: why an agent that holds says nothing. Null where the state says it. */
export const silentWords: Record<SilenceReason, string | null> = {
  typing: null,
  window: null,
  switchedOff: null,
  handoffRequested: 'Asked for a person',
  agentFailed: 'Agent failed',
  agentPaused: 'Agent paused',
  tooOld: 'Too old to answer',
  loop: 'Stopped: a loop?',
  deliveryFailed: 'Not delivered',
};

export function holderWords(holder: Holder, meId: string): string {
  switch (holder.kind) {
    case 'agent':
      return 'Agent';
    case 'teammates':
      return holder.teammates.length === 0 ? 'Team' : people(holder.teammates, meId);
    case 'external':
      return 'Another device';
    case 'team':
      return 'Team';
  }
}

/** `You`, `Ana and Ben`, `Ana, Ben and you`. */
export function people(persons: readonly Person[], meId: string): string {
  const others = persons.filter((person) => person.id !== meId).map((person) => person.name);
  const names = others.length < persons.length ? [...others, others.length === 0 ? 'You' : 'you'] : others;
  return names.length < 2 ? (names[0] ?? 'Somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The person who holds the pen, for *is* and *are*. */
export function isPlural(persons: readonly Person[], meId: string): boolean {
  return persons.length > 1 || persons[0]?.id === meId;
}

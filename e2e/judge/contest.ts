import type { ConversationEvent, Snapshot } from '@baton/conversation';
import type { Cause } from '@baton/protocol';

/** How far a reply had come when a person acted. Until it is claimed, the act can still stop it. */
export const PHASES = ['being made', 'committed', 'claimed', 'sent'] as const;
export type Phase = (typeof PHASES)[number];

/** A person acts on a conversation that the agent holds, or has just spoken in. */
export interface Contest {
  act: string;
  /** Null where the agent was about nothing. */
  phase: Phase | null;
}

/** What this event is in the race between people and agent; null if it is no act of a person. `arrivedAt` is by message id. */
export function contestOf(
  event: ConversationEvent,
  by: Cause,
  before: Snapshot,
  arrivedAt: ReadonlyMap<string, number>,
): Contest | null {
  const act = actOf(event, by);
  return act === null ? null : { act, phase: phaseOf(before, event.at, arrivedAt) };
}

/** The reply under way that an act can still stop: what a race is about. */
export function isContested({ phase }: Contest): boolean {
  return phase === 'being made' || phase === 'committed';
}

function actOf(event: ConversationEvent, by: Cause): string | null {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- nothing else takes over
  switch (event.type) {
    case 'human.typing':
      return 'typing';
    case 'human.message':
      return by.kind === 'teammate' ? 'a message' : 'an echo';
    case 'replies.disabled':
      return 'switching off';
    default:
      return null;
  }
}

/** Clocks tell only the last two phases apart: both are after the claim. */
function phaseOf({ value, context }: Snapshot, at: number, arrivedAt: ReadonlyMap<string, number>): Phase | null {
  if (context.pending.length > 0) return 'committed';
  if (value === 'agentActive.replying') return 'being made';
  if (context.inFlight === null || !value.startsWith('agentActive')) return null;
  return (arrivedAt.get(context.inFlight.messageId) ?? Infinity) <= at ? 'sent' : 'claimed';
}

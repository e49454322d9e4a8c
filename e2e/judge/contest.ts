import type { ConversationEvent, Snapshot } from '@baton/conversation';
import type { Cause } from '@baton/protocol';

/** The phase of a reply when a person acts. Until the claim the act can stop the reply. */
export const PHASES = ['being made', 'committed', 'claimed', 'sent'] as const;
export type Phase = (typeof PHASES)[number];

/** A person acts on a conversation that the agent holds, or has just spoken in. */
export interface Contest {
  act: string;
  /** Null if the agent was idle. */
  phase: Phase | null;
}

/** The act of a person and the phase it met; null for any other event. `arrivedAt` is by message id. */
export function contestOf(
  event: ConversationEvent,
  by: Cause,
  before: Snapshot,
  arrivedAt: ReadonlyMap<string, number>,
): Contest | null {
  const act = actOf(event, by);
  return act === null ? null : { act, phase: phaseOf(before, event.at, arrivedAt) };
}

/** Whether the act met a reply that it could still stop. */
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

/** Only the last two phases are told apart by clocks; both come after the claim. */
function phaseOf({ value, context }: Snapshot, at: number, arrivedAt: ReadonlyMap<string, number>): Phase | null {
  if (context.pending.length > 0) return 'committed';
  if (value === 'agentActive.replying') return 'being made';
  if (context.inFlight === null || !value.startsWith('agentActive')) return null;
  return (arrivedAt.get(context.inFlight.messageId) ?? Infinity) <= at ? 'sent' : 'claimed';
}

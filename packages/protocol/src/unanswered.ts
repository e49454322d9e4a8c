import type { Conversation, SilenceReason } from './conversation.ts';

/** Reasons that no timer and no pen at work ends: whoever waits for the agent waits in vain. */
export const IN_VAIN = [
  'switchedOff',
  'handoffRequested',
  'agentFailed',
  'agentPaused',
  'tooOld',
  'loop',
  'deliveryFailed',
  'quarantined',
] as const satisfies readonly SilenceReason[];
export type InVain = (typeof IN_VAIN)[number];

/** Why a customer waits and nobody is about to answer; null where nobody waits, or somebody is. */
export function inVain({ waitingSince, reason }: Pick<Conversation, 'waitingSince' | 'reason'>): InVain | null {
  if (waitingSince === null) return null;
  return IN_VAIN.find((it) => it === reason) ?? null;
}

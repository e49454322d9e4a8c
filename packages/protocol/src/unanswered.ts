import type { Conversation, SilenceReason } from './conversation.ts';

/** Reasons that end neither by time nor by a teammate who stops typing: a waiting customer needs a teammate. */
export const UNANSWERED_REASONS = [
  'switchedOff',
  'handoffRequested',
  'agentFailed',
  'agentPaused',
  'tooOld',
  'loop',
  'deliveryFailed',
  'quarantined',
] as const satisfies readonly SilenceReason[];
export type UnansweredReason = (typeof UNANSWERED_REASONS)[number];

/** Why a waiting customer needs a teammate; null where no customer waits, or an answer is under way. */
export function unansweredReason({
  waitingSince,
  reason,
}: Pick<Conversation, 'waitingSince' | 'reason'>): UnansweredReason | null {
  if (waitingSince === null) return null;
  return UNANSWERED_REASONS.find((it) => it === reason) ?? null;
}

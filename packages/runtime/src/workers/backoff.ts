import type { Ms } from '@baton/conversation';

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
const LONGEST_ASKED_MS = 3_600_000;

/** Wait before the next attempt: doubling from 1 s to 5 min with ±20 % jitter, or as long as the channel asks. */
export function backoffMs(attemptsBefore: number, askedMs: Ms | null, random: () => number): Ms {
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** attemptsBefore);
  const jittered = Math.round(grown * (0.8 + 0.4 * random()));
  return Math.max(jittered, Math.min(askedMs ?? 0, LONGEST_ASKED_MS));
}

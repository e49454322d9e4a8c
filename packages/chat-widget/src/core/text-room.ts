import { MAX_TEXT_CHARACTERS } from '@baton/protocol';

/** How many characters (code points, as the server counts) still fit; negative where there are too many. */
export function roomFor(text: string): number {
  // Code units are never fewer than code points.
  if (text.length <= MAX_TEXT_CHARACTERS / 2) return MAX_TEXT_CHARACTERS - text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return MAX_TEXT_CHARACTERS - count;
}

import { MAX_TEXT_CHARACTERS } from '@baton/protocol';

/** Number of characters that still fit, negative if too many. Counts code points, as the server does. */
export function roomFor(text: string): number {
  // A text never has more code points than code units.
  if (text.length <= MAX_TEXT_CHARACTERS / 2) return MAX_TEXT_CHARACTERS - text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return MAX_TEXT_CHARACTERS - count;
}

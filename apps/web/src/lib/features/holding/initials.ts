/** `Ana María López` -> `AL`: at most two letters, whatever the alphabet. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], ...(words.length > 1 ? [words.at(-1)] : [])].map((word) => firstLetter(word ?? ''));
  return letters.join('').toLocaleUpperCase() || '?';
}

function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? '';
}

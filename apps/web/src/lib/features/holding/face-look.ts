const LOOKS = [
  'bg-face-1 text-on-face',
  'bg-face-2 text-on-face',
  'bg-face-3 text-on-face',
  'bg-face-4 text-on-face',
  'bg-face-5 text-on-face',
  'bg-face-6 text-on-face',
] as const;

/** The same colours for the same person, everywhere and always. */
export function faceLook(personId: string): string {
  let hash = 0;
  for (const letter of personId) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return LOOKS[hash % LOOKS.length] ?? LOOKS[0];
}

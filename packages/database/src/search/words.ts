/** Longer ones are cut: nobody types them, and an index has no room for them. */
const LONGEST_WORD = 40;
/** Of one message. */
const MOST_WORDS = 1_000;
/** Shorter beginnings match too many words to be of use; they must be whole words. */
const LEAST_BEGINNING = 3;

/** Scripts that put no space between words: their words are every two neighbours, and the last character. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/** What a text can be found by: its words in lower case, without accents, each once. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const run of plain(text).split(/[^\p{L}\p{M}\p{N}]+/u)) {
    for (const word of inWords(run)) {
      words.add(word);
      if (words.size === MOST_WORDS) return [...words];
    }
  }
  return [...words];
}

/** Case, accents and forms of width say nothing here. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC');
}

function inWords(run: string): string[] {
  const words: string[] = [];
  let from = 0;
  for (const match of run.matchAll(UNSPACED)) {
    push(words, run.slice(from, match.index));
    const characters = Array.from(match[0]);
    words.push(...characters.map((character, index) => character + (characters[index + 1] ?? '')));
    from = match.index + match[0].length;
  }
  push(words, run.slice(from));
  return words;
}

function push(words: string[], word: string): void {
  if (word !== '') words.push(Array.from(word).slice(0, LONGEST_WORD).join(''));
}

/**
 * In front of each word of a workspace, so that the index keeps workspaces apart and a search costs what its own workspace
 * has. Two workspaces may share one: whoever searches compares the workspace too.
 */
export function tagOf(workspaceId: string): string {
  return workspaceId.replaceAll('-', '').slice(-4);
}

/** As PostgreSQL writes a `tsvector`; words hold no punctuation, so nothing needs quotes. */
export function toVector(workspaceId: string, text: string): string {
  const tag = tagOf(workspaceId);
  return wordsOf(text)
    .map((word) => tag + word)
    .join(' ');
}

/** A `tsquery` for each word of what a person typed, as the beginning of one. Joined by `&` they are one for all of them. */
export function toTerms(workspaceId: string, typed: string): string[] {
  const tag = tagOf(workspaceId);
  return wordsOf(typed).map((word) => `${tag}${word}${isBeginning(word) ? ':*' : ''}`);
}

function isBeginning(word: string): boolean {
  return word.length >= LEAST_BEGINNING || [...word.matchAll(UNSPACED)].length > 0;
}

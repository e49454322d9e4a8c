/** Longer words are cut to this number of characters, because index entries are limited. */
const MAX_WORD_LENGTH = 40;
/** Words per message. */
const MAX_WORDS = 1_000;
/** Shorter terms match whole words only, because short prefixes match too many words. */
const MIN_PREFIX_LENGTH = 3;

/** Scripts without spaces between words: every two adjacent characters, and the last one, form a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/** Returns the distinct words of a text in lower case and without accents. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const run of plain(text).split(/[^\p{L}\p{M}\p{N}]+/u)) {
    for (const word of inWords(run)) {
      words.add(word);
      if (words.size === MAX_WORDS) return [...words];
    }
  }
  return [...words];
}

/** Removes case, accents and width variants. */
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
  if (word !== '') words.push(Array.from(word).slice(0, MAX_WORD_LENGTH).join(''));
}

/**
 * Prefix of a workspace's words, so that a search reads only index entries of its workspace. Two workspaces may share a tag, so
 * searches also compare the workspace.
 */
export function tagOf(workspaceId: string): string {
  return workspaceId.replaceAll('-', '').slice(-4);
}

/** Formats a text as a `tsvector`. Words contain no punctuation, so they need no quotes. */
export function toVector(workspaceId: string, text: string): string {
  const tag = tagOf(workspaceId);
  return wordsOf(text)
    .map((word) => tag + word)
    .join(' ');
}

/** Returns a prefix `tsquery` for each typed word. Joined by `&`, they match texts with all words. */
export function toTerms(workspaceId: string, typed: string): string[] {
  const tag = tagOf(workspaceId);
  return wordsOf(typed).map((word) => `${tag}${word}${isPrefix(word) ? ':*' : ''}`);
}

function isPrefix(word: string): boolean {
  return word.length >= MIN_PREFIX_LENGTH || [...word.matchAll(UNSPACED)].length > 0;
}

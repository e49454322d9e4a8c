import { wordsOf } from './words.ts';

export interface Sentence {
  text: string;
  words: string[];
  /** A lone "?" counts as a question. */
  asks: boolean;
}

/** Splits a message at line ends and at punctuation that ends a sentence. Emoji and punctuation alone are dropped. */
export function sentencesOf(message: string): Sentence[] {
  const pieces = message.match(/[^.!?\n;]+(?:[.](?=\S)[^.!?\n;]*)*[.!?;]*|[?!]+/g) ?? [];
  return pieces
    .map((piece) => ({ text: piece.trim(), words: wordsOf(piece), asks: piece.includes('?') }))
    .filter(({ words, asks }) => words.length > 0 || asks);
}

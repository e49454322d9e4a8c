import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tagOf, toTerms, toVector, wordsOf } from './words.ts';

const WORKSPACE = '019a0000-0000-7000-8000-00000000abcd';

test('a text is found by its words, without case, accents and punctuation, each once', () => {
  expect(wordsOf('¿Dónde está mi café? DÓNDE… café-bar #4711')).toEqual(['donde', 'esta', 'mi', 'cafe', 'bar', '4711']);
  expect(wordsOf('ﬁne ＡＢＣ Straße İstanbul')).toEqual(['fine', 'abc', 'straße', 'istanbul']);
});

test('scripts without spaces are found by any two neighbours', () => {
  expect(wordsOf('返金したい ok')).toEqual(['返金', '金し', 'した', 'たい', 'い', 'ok']);
  expect(toTerms(WORKSPACE, '金')).toEqual(['abcd金:*']);
});

test('nothing but signs has no words, and cannot be searched for', () => {
  expect(wordsOf(' \'":*&|!()<-> 😀 ')).toEqual([]);
  expect(toTerms(WORKSPACE, '& | :*')).toEqual([]);
});

test('words carry the tag of their workspace; beginnings are found from three letters on', () => {
  expect(tagOf(WORKSPACE)).toBe('abcd');
  expect(toVector(WORKSPACE, 'Order 12')).toBe('abcdorder abcd12');
  expect(toTerms(WORKSPACE, 'Ord 12')).toEqual(['abcdord:*', 'abcd12']);
});

test('very long words and texts are cut, not refused', () => {
  expect(wordsOf('a'.repeat(9_000))).toEqual(['a'.repeat(40)]);
  expect(wordsOf(Array.from({ length: 3_000 }, (_, index) => `w${index}`).join(' '))).toHaveLength(1_000);
});

test('whatever is typed, its words hold no sign that means something to PostgreSQL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(wordsOf(text).filter((word) => word === '' || /[\s'"\\:*&|!()<>]/.test(word))).toEqual([]);
    }),
    { seed: 4711, numRuns: 500 },
  );
});

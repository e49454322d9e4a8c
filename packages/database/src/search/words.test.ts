import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tagOf, toQuery, toVector, wordsOf } from './words.ts';

const WORKSPACE = '019a0000-0000-7000-8000-00000000abcd';

test('a text is found by its words, without case, accents and punctuation, each once', () => {
  expect(wordsOf('¿Dónde está mi café? DÓNDE… café-bar #4711')).toEqual(['donde', 'esta', 'mi', 'cafe', 'bar', '4711']);
  expect(wordsOf('ﬁne ＡＢＣ Straße İstanbul')).toEqual(['fine', 'abc', 'straße', 'istanbul']);
});

test('scripts without spaces are found by any two neighbours', () => {
  expect(wordsOf('返金したい ok')).toEqual(['返金', '金し', 'した', 'たい', 'い', 'ok']);
  expect(toQuery(WORKSPACE, '金')).toBe('abcd金:*');
});

test('nothing but signs has no words, and cannot be searched for', () => {
  expect(wordsOf(' \'":*&|!()<-> 😀 ')).toEqual([]);
  expect(toQuery(WORKSPACE, '& | :*')).toBeNull();
});

test('words carry the tag of their workspace; beginnings are found from three letters on', () => {
  expect(tagOf(WORKSPACE)).toBe('abcd');
  expect(toVector(WORKSPACE, 'Order 12')).toBe('abcdorder abcd12');
  expect(toQuery(WORKSPACE, 'Ord 12')).toBe('abcdord:* & abcd12');
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

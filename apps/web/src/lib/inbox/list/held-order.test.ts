import { expect, test } from 'vitest';
import { inHeldOrder } from './held-order.ts';

const rows = (ids: string) => ids.split('').map((id) => ({ id }));
const held = (before: string, fresh: string) => {
  const { rows: shown, newer } = inHeldOrder(before.split(''), rows(fresh));
  return `${shown.map(({ id }) => id).join('')} ${newer}`;
};

test('a row that becomes the newest keeps its place while someone reads further down, and is counted', () => {
  expect(held('abcd', 'cabd')).toBe('abcd 1');
  expect(held('abcd', 'dcab')).toBe('abcd 2');
});

test('a new conversation is counted, not shown above what is being read', () => {
  expect(held('abc', 'xabc')).toBe('abc 1');
});

test('what leaves the list leaves it, and what is loaded further down is added at the end', () => {
  expect(held('abcd', 'acd')).toBe('acd 0');
  expect(held('abc', 'abcxy')).toBe('abcxy 0');
  expect(held('abc', '')).toBe(' 0');
});

import { expect, test } from 'vitest';
import { inHeldOrder } from './held-order.ts';

const rows = (ids: string) => ids.split('').map((id) => ({ id }));
const held = (before: string, fresh: string) => {
  const { rows: shown, newer } = inHeldOrder(before.split(''), rows(fresh));
  return `${shown.map(({ id }) => id).join('')} ${newer}`;
};

test('keeps and counts a row that becomes the newest while frozen', () => {
  expect(held('abcd', 'cabd')).toBe('abcd 1');
  expect(held('abcd', 'dcab')).toBe('abcd 2');
});

test('counts a new conversation without showing it while frozen', () => {
  expect(held('abc', 'xabc')).toBe('abc 1');
});

test('removes rows that left, and appends rows loaded further down', () => {
  expect(held('abcd', 'acd')).toBe('acd 0');
  expect(held('abc', 'abcxy')).toBe('abcxy 0');
  expect(held('abc', '')).toBe(' 0');
});

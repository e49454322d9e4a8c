import { describe, expect, test } from 'vitest';
import { boardAddress, boardSearch } from './board-filter.ts';
import { cardBeyond } from './board-keys.ts';
import { elapsedText } from './elapsed.ts';
import { initialsOf } from '../holding/initials.ts';

const ID = '0198c0de-0000-7000-8000-00000000000a';

test('round-trips filter and preview through the address, ignoring invalid ids', () => {
  const filter = { agentId: ID, channelId: null };
  expect(boardAddress(new URLSearchParams(boardSearch(filter, ID)))).toEqual({ filter, previewId: ID });
  const nothing = { filter: { agentId: null, channelId: null }, previewId: null };
  expect(boardAddress(new URLSearchParams('agent=x&peek=../../inbox'))).toEqual(nothing);
  expect(boardSearch(nothing.filter, null)).toBe('');
});

describe('arrows', () => {
  const columns = [['a', 'b', 'c'], [], ['d']];
  test('move up and down in a column and stop at its ends', () => {
    expect(cardBeyond(columns, 'b', 'ArrowUp')).toBe('a');
    expect(cardBeyond(columns, 'b', 'ArrowDown')).toBe('c');
    expect(cardBeyond(columns, 'c', 'ArrowDown')).toBeNull();
  });
  test('skip empty columns to the neighbour at the same height', () => {
    expect(cardBeyond(columns, 'c', 'ArrowRight')).toBe('d');
    expect(cardBeyond(columns, 'd', 'ArrowLeft')).toBe('a');
    expect(cardBeyond(columns, 'd', 'ArrowRight')).toBeNull();
    expect(cardBeyond(columns, 'gone', 'ArrowUp')).toBeNull();
  });
});

test('takes the first letters of first and last name', () => {
  expect(['Ana', 'Ana María lópez', '  ', '王 小明', '👩‍🚀 Zoe'].map(initialsOf)).toEqual([
    'A',
    'AL',
    '?',
    '王小',
    '👩‍🚀Z',
  ]);
});

test('counts durations by the second, up to a day', () => {
  const after = (seconds: number): string => elapsedText('1970-01-01T00:00:00Z', seconds * 1_000);
  expect([0, 7.9, 760, 7_500].map(after)).toEqual(['0:00', '0:07', '12:40', '2:05:00']);
  expect(after(-3)).toBe('0:00');
  expect(after(200_000)).toMatch(/^2/);
});

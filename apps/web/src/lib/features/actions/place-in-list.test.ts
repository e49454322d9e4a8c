import { expect, test } from 'vitest';
import { BEFORE_ALL, beside, placeIn } from './place-in-list.ts';

const ids = ['a', 'b', 'c'];

test('steps from row to row and stops at the ends', () => {
  const at = (id: string) => placeIn(ids, id, BEFORE_ALL);
  expect([beside(ids, at('b'), -1), beside(ids, at('b'), 1)]).toEqual(['a', 'c']);
  expect([beside(ids, at('a'), -1), beside(ids, at('c'), 1)]).toEqual([undefined, undefined]);
});

test('steps to the first row when nothing is open', () => {
  expect(beside(ids, placeIn(ids, undefined, BEFORE_ALL), 1)).toBe('a');
  expect(beside(ids, placeIn(ids, undefined, BEFORE_ALL), -1)).toBeUndefined();
  expect(beside([], placeIn([], undefined, BEFORE_ALL), 1)).toBeUndefined();
});

test('keeps the position of a row that left the list', () => {
  const left = placeIn(['a', 'c'], 'b', placeIn(ids, 'b', BEFORE_ALL));
  expect([beside(['a', 'c'], left, -1), beside(['a', 'c'], left, 1)]).toEqual(['a', 'c']);
  const last = placeIn(['a', 'b'], 'c', placeIn(ids, 'c', BEFORE_ALL));
  expect([beside(['a', 'b'], last, -1), beside(['a', 'b'], last, 1)]).toEqual(['b', undefined]);
});

import { expect, test } from 'vitest';
import { findIn } from './palette-search.ts';

const item = (title: string, possible = true, also = '') => ({ title, also, possible });
const titles = (items: readonly { title: string }[]): string[] => items.map(({ title }) => title);

const items = [
  item('Take over'),
  item('Hand back', false),
  item('Asignármela'),
  item('Go to team settings', true, 'Pages'),
];

test('lists everything for an empty query', () => {
  expect(titles(findIn(items, '  '))).toEqual(titles(items));
});

test('matches every word, whatever its case and accents', () => {
  expect(titles(findIn(items, 'ASIGNARME'))).toEqual(['Asignármela']);
  expect(titles(findIn(items, 'over take'))).toEqual(['Take over']);
  expect(titles(findIn(items, 'pages'))).toEqual(['Go to team settings']);
  expect(findIn(items, 'take back')).toEqual([]);
});

test('ranks prefix matches first and unavailable actions last', () => {
  const some = [item('Write a note'), item('No'), item('Note', false), item('Keynote'), item('Note')];
  expect(findIn(some, 'no').map(({ title, possible }) => [title, possible])).toEqual([
    ['No', true],
    ['Note', true],
    ['Write a note', true],
    ['Keynote', true],
    ['Note', false],
  ]);
});

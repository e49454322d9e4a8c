import { expect, test } from 'vitest';
import { activeFilters, without } from './active-filters.ts';
import { filterOf } from '../../inbox/list/list-filter.ts';

test('names each active filter and removes it alone', () => {
  expect(activeFilters(filterOf(new URLSearchParams('q=refund')))).toEqual([]);
  const filter = filterOf(new URLSearchParams('status=closed&assignee=me&holder=agent&q=refund'));
  expect(activeFilters(filter).map(({ label }) => label)).toEqual([
    'Resolved',
    'Handled by: The agent',
    'Assigned to: Me',
  ]);
  const left = without(filter, 'assignee');
  expect(left).toEqual({ ...filter, assignee: 'any' });
  expect(without(left, 'status').status).toBe('open');
});

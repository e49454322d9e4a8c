import { stateWords } from '../holding/messages.ts';
import { filterOf } from '../../inbox/list/list-filter.ts';
import type { ListFilter } from '../../inbox/list/list-filter.ts';
import { listWords as words } from './messages.ts';

/** Something that narrows the list beyond what it shows by itself. */
export interface ActiveFilter {
  name: 'state' | 'status' | 'holder' | 'assignee';
  /** As a chip says it. */
  label: string;
}

const PLAIN = filterOf(new URLSearchParams());

/** What narrows the list, apart from the words that are searched for: those stand in their field. */
export function activeFilters(filter: ListFilter): ActiveFilter[] {
  const all: ActiveFilter[] = [
    { name: 'status', label: words.statuses[filter.status] },
    { name: 'state', label: filter.state === 'any' ? words.anyState : stateWords[filter.state] },
    { name: 'holder', label: words.holders[filter.holder] },
    { name: 'assignee', label: `${words.assignee}: ${words.assignees[filter.assignee]}` },
  ];
  return all.filter(({ name }) => filter[name] !== PLAIN[name]);
}

export function without(filter: ListFilter, name: ActiveFilter['name']): ListFilter {
  return { ...filter, [name]: PLAIN[name] };
}

import { filterOf } from '../../inbox/list/list-filter.ts';
import { m } from '../../paraglide/messages.js';
import type { ListFilter } from '../../inbox/list/list-filter.ts';
import { stateLabel } from '../holding/labels.ts';
import { statusLabel, assigneeFilterLabel, holderFilterLabel } from './labels.ts';

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
    { name: 'status', label: statusLabel(filter.status) },
    { name: 'state', label: filter.state === 'any' ? m.list_any_state() : stateLabel(filter.state) },
    { name: 'holder', label: `${m.list_holder()}: ${holderFilterLabel(filter.holder)}` },
    { name: 'assignee', label: `${m.list_assignee()}: ${assigneeFilterLabel(filter.assignee)}` },
  ];
  return all.filter(({ name }) => filter[name] !== PLAIN[name]);
}

export function without(filter: ListFilter, name: ActiveFilter['name']): ListFilter {
  return { ...filter, [name]: PLAIN[name] };
}

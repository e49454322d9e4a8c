import { filterOf } from '../../inbox/list/list-filter.ts';
import { m } from '../../paraglide/messages.js';
import type { ListFilter } from '../../inbox/list/list-filter.ts';
import { stateLabel } from '../holding/labels.ts';
import { statusLabel, assigneeFilterLabel, holderFilterLabel } from './labels.ts';

/** A filter that differs from the default. */
export interface ActiveFilter {
  name: 'state' | 'status' | 'holder' | 'assignee';
  /** Text of its chip. */
  label: string;
}

const PLAIN = filterOf(new URLSearchParams());

/** The active filters, without the search text, which has its own field. */
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

import type { ListFilter } from '../../inbox/list/list-filter.ts';
import { m } from '../../paraglide/messages.js';

const STATUSES: Readonly<Record<ListFilter['status'], () => string>> = {
  open: m.list_status_open,
  snoozed: m.list_status_snoozed,
  closed: m.list_status_resolved,
  any: m.list_status_any,
};

const ASSIGNEES: Readonly<Record<ListFilter['assignee'], () => string>> = {
  any: m.list_assignee_any,
  me: m.list_assignee_me,
  none: m.list_assignee_none,
};

const HOLDERS: Readonly<Record<ListFilter['holder'], () => string>> = {
  any: m.list_holder_any,
  me: m.list_holder_me,
  someone: m.list_holder_someone,
  agent: m.list_holder_agent,
  team: m.list_holder_team,
};

export const statusLabel = (status: ListFilter['status']): string => STATUSES[status]();
export const assigneeFilterLabel = (assignee: ListFilter['assignee']): string => ASSIGNEES[assignee]();
export const holderFilterLabel = (holder: ListFilter['holder']): string => HOLDERS[holder]();

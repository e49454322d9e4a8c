import type { ListFilter } from './list-filter.ts';

export const listWords = {
  title: 'Conversations',
  inbox: 'Inbox',
  search: 'Search conversations',
  state: 'State',
  anyState: 'Any state',
  status: 'Status',
  statuses: { open: 'Open', snoozed: 'Snoozed', closed: 'Closed', any: 'Any status' } satisfies Record<
    ListFilter['status'],
    string
  >,
  assignee: 'Assigned to',
  assignees: { any: 'Anyone', me: 'Me', none: 'Nobody' } satisfies Record<ListFilter['assignee'], string>,
  loading: 'Loading conversations…',
  none: 'No conversation here.',
  noneMatching: 'No conversation matches these filters.',
  clear: 'Clear filters',
  more: 'Load more',
  failed: 'The list could not be loaded.',
  choose: 'Choose a conversation',
  chooseHint: 'Who holds it, and for how long, stands on each row and changes while you look.',
  you: 'You',
  agent: 'Agent',
  note: 'Note',
  held: (holder: string): string => `Held by ${holder}`,
  waiting: (since: string): string => (since === 'now' ? 'Waiting' : `Waiting ${since}`),
  unread: (count: number): string => `${count} unread`,
  count: (count: number): string => `${count} ${count === 1 ? 'conversation' : 'conversations'}`,
};

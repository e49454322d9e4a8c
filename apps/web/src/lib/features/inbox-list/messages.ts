import { texts } from '../../i18n/texts.ts';
import { m } from '../../paraglide/messages.js';
import type { ListFilter } from '../../inbox/list/list-filter.ts';

export const listWords = texts(
  {
    title: m.list_title,
    inbox: m.list_inbox,
    search: m.list_search,
    state: m.list_state,
    anyState: m.list_any_state,
    status: m.list_status,
    assignee: m.list_assignee,
    holder: m.list_holder,
    loading: m.list_loading,
    none: m.list_none,
    noneMatching: m.list_none_matching,
    clear: m.list_clear,
    filters: m.list_filters,
    more: m.list_more,
    failed: m.list_failed,
    choose: m.list_choose,
    chooseHint: m.list_choose_hint,
    you: m.list_you,
    agent: m.list_agent,
    external: m.holding_another_device,
    note: m.list_note,
  },
  {
    statuses: texts({
      open: m.list_status_open,
      snoozed: m.list_status_snoozed,
      closed: m.list_status_closed,
      any: m.list_status_any,
    }) satisfies Record<ListFilter['status'], string>,
    assignees: texts({
      any: m.list_assignee_any,
      me: m.list_assignee_me,
      none: m.list_assignee_none,
    }) satisfies Record<ListFilter['assignee'], string>,
    holders: texts({
      any: m.list_holder_any,
      me: m.list_holder_me,
      someone: m.list_holder_someone,
      agent: m.list_holder_agent,
      team: m.list_holder_team,
    }) satisfies Record<ListFilter['holder'], string>,
    writers: (names: string): string => m.list_writers({ names }),
    viewers: (names: string): string => m.list_viewers({ names }),
    away: (names: string): string => m.list_away({ names }),
    withoutFilter: (filter: string): string => m.list_without_filter({ filter }),
    moved: (count: number): string => m.list_moved({ count }),
    held: (holder: string): string => m.list_held({ holder }),
    waiting: (since: string): string =>
      since === m.holding_now() ? m.list_waiting() : m.list_waiting_since({ duration: since }),
    unread: (count: number): string => m.list_unread({ count }),
    count: (count: number): string => m.list_count({ count }),
  },
);

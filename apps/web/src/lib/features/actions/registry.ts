import { may } from '@baton/protocol';
import { m } from '../../paraglide/messages.js';
import { PAGE_LIST } from '../../pages.ts';
import type { Action } from './action.ts';
import { always, changing, inConversation, inList, unless, withList } from './conditions.ts';

/** Every action of the app: shortcuts, palette, menus and help sheet read this list. */
export const ACTIONS: readonly Action[] = [
  {
    id: 'conversation.reply',
    title: m.actions_reply,
    group: 'conversation',
    key: 'r',
    possible: inConversation(),
    run: (target) => target.write(false),
  },
  {
    id: 'conversation.note',
    title: m.actions_note,
    group: 'conversation',
    key: 'n',
    possible: inConversation(),
    run: (target) => target.write(true),
  },
  {
    id: 'conversation.takeOver',
    title: m.actions_take_over,
    group: 'conversation',
    key: 't',
    possible: changing(({ agentReplies, assigneeId }, { meId }) =>
      !agentReplies && assigneeId === meId ? m.why_already_yours() : null,
    ),
    run: (target) => target.takeOver(),
  },
  {
    id: 'conversation.handBack',
    title: m.actions_hand_back,
    group: 'conversation',
    key: 'h',
    possible: changing(({ state, reason }, { takingOver }) =>
      state === 'agentActive' && reason === null && !takingOver ? m.why_agent_handles() : null,
    ),
    run: (target) => target.handBack(),
  },
  {
    id: 'conversation.assignToMe',
    title: m.actions_assign_to_me,
    group: 'conversation',
    key: 'a',
    possible: changing(({ assigneeId }, { meId }) => (assigneeId === meId ? m.why_assigned_to_me() : null)),
    run: (target) => target.assignToMe(),
  },
  {
    id: 'conversation.unassign',
    title: m.actions_unassign,
    group: 'conversation',
    key: null,
    possible: changing(({ assigneeId }) => (assigneeId === null ? m.why_unassigned() : null)),
    run: (target) => target.assign(null),
  },
  {
    id: 'conversation.snooze',
    title: m.actions_snooze,
    group: 'conversation',
    key: 'z',
    possible: changing(({ status }) => (status === 'closed' ? m.why_resolved_for_snooze() : null)),
    run: (target) => target.snooze(),
  },
  {
    id: 'conversation.close',
    title: m.actions_resolve,
    group: 'conversation',
    key: 'e',
    possible: changing(({ status }) => (status === 'closed' ? m.why_resolved() : null)),
    run: (target) => target.setStatus('closed'),
  },
  {
    id: 'conversation.reopen',
    title: m.actions_reopen,
    group: 'conversation',
    key: 'Shift+E',
    possible: changing(({ status }) => (status === 'open' ? m.why_open() : null)),
    run: (target) => target.setStatus('open'),
  },
  {
    id: 'list.next',
    title: m.actions_next,
    group: 'list',
    key: 'j',
    possible: inList(({ hasNext }) => (hasNext ? null : m.why_last())),
    run: (target) => target.step(1),
  },
  {
    id: 'list.previous',
    title: m.actions_previous,
    group: 'list',
    key: 'k',
    possible: inList(({ hasPrevious }) => (hasPrevious ? null : m.why_first())),
    run: (target) => target.step(-1),
  },
  {
    id: 'list.open',
    title: m.actions_open,
    group: 'list',
    key: 'o',
    possible: inList(() => null),
    run: (target) => target.openRow(),
  },
  {
    id: 'list.search',
    title: m.actions_search,
    group: 'list',
    key: '/',
    possible: withList(() => null),
    run: (target) => target.search(),
  },
  {
    id: 'general.palette',
    title: m.actions_palette,
    group: 'general',
    key: 'Ctrl+K',
    everywhere: true,
    possible: always,
    run: (target) => target.showPalette(),
  },
  {
    id: 'general.help',
    title: m.actions_help,
    group: 'general',
    key: '?',
    possible: always,
    run: (target) => target.showHelp(),
  },
  {
    id: 'general.undo',
    title: m.actions_undo,
    group: 'general',
    key: 'u',
    possible: unless(({ mayUndo }) => (mayUndo ? null : m.why_nothing_to_undo())),
    run: (target) => target.undo(),
  },
  ...PAGE_LIST.map(goToPage),
];

function goToPage({ id, route, title, permission }: (typeof PAGE_LIST)[number]): Action {
  return {
    id: `pages.${id}`,
    title: () => m.actions_go_to({ page: title() }),
    group: 'pages',
    key: null,
    possible: unless((context) => {
      if (context.route === route) return m.why_here();
      return permission === undefined || may(context.role, permission) ? null : m.problem_forbidden();
    }),
    run: (target) => target.go(id),
  };
}

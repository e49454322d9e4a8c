import { conversationState } from '@baton/protocol';
import { describe, expect, test } from 'vitest';
import { conversationOf } from '../../inbox/view/testing/conversation-history.ts';
import { GROUPS } from './action.ts';
import type { ActionContext, ActionTarget, Possibility } from './action.ts';
import { ACTIONS } from './registry.ts';

const ME = 'me';
const LIST = { rows: 3, hasNext: true, hasPrevious: true };
const context = (fields: Partial<ActionContext> = {}): ActionContext => ({
  meId: ME,
  role: 'teammate',
  conversation: conversationOf({}),
  list: LIST,
  caughtUp: true,
  takingOver: false,
  mayUndo: true,
  route: '/(app)/inbox/[conversationId]',
  ...fields,
});
const possible = (id: string, fields: Partial<ActionContext> = {}): Possibility =>
  ACTIONS.find((action) => action.id === id)!.possible(context(fields));
const why = (id: string, fields: Partial<ActionContext>): string => {
  const possibility = possible(id, fields);
  return possibility.ok ? '' : possibility.why;
};
const changing = ACTIONS.filter(
  ({ id, group }) => group === 'conversation' && !['conversation.reply', 'conversation.note'].includes(id),
);

describe('the registry of actions', () => {
  test('gives every action its own id, title, group and key', () => {
    const keys = ACTIONS.flatMap(({ key }) => key ?? []);
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
    expect(new Set(ACTIONS.map(({ title }) => title())).size).toBe(ACTIONS.length);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining([...'jkorneahtz/?'.split(''), 'Ctrl+K']));
    for (const { group } of ACTIONS) expect(GROUPS).toContain(group);
  });

  test('says why an action is not possible, in every situation', () => {
    const conversations = conversationState.options.flatMap((state) =>
      (['open', 'snoozed', 'closed'] as const).flatMap((status) =>
        [null, ME, 'ben'].flatMap((assigneeId) =>
          [true, false].map((agentReplies) => conversationOf({ state, status, assigneeId, agentReplies })),
        ),
      ),
    );
    for (const conversation of [undefined, ...conversations]) {
      for (const list of [undefined, LIST, { rows: 0, hasNext: false, hasPrevious: false }]) {
        for (const caughtUp of [true, false]) {
          for (const action of ACTIONS) {
            const possibility = action.possible(context({ conversation, list, caughtUp, mayUndo: caughtUp }));
            if (!possibility.ok) expect(possibility.why).toMatch(/^[A-Z]/);
          }
        }
      }
    }
  });

  test('allows a hand-back before the takeover is answered', () => {
    expect(possible('conversation.handBack').ok).toBe(false);
    expect(possible('conversation.handBack', { takingOver: true }).ok).toBe(true);
  });

  test('disables conversation actions without an open conversation', () => {
    for (const { id, group } of ACTIONS) {
      if (group === 'conversation') expect(why(id, { conversation: undefined })).toContain('Open a conversation first');
    }
  });

  test('[SEE-3] disables changes until the inbox has caught up, but not writing', () => {
    for (const { id } of changing) expect(possible(id, { caughtUp: false }).ok).toBe(false);
    expect(possible('conversation.reply', { caughtUp: false }).ok).toBe(true);
    expect(possible('conversation.note', { caughtUp: false }).ok).toBe(true);
  });

  test('[HOLD-10] allows a takeover in every state unless already one’s own', () => {
    for (const state of conversationState.options) {
      expect(possible('conversation.takeOver', { conversation: conversationOf({ state }) }).ok).toBe(true);
    }
    const mine = conversationOf({ state: 'agentDisabled', agentReplies: false, assigneeId: ME });
    expect(why('conversation.takeOver', { conversation: mine })).toBe('Already yours');
    const bens = conversationOf({ state: 'agentDisabled', agentReplies: false, assigneeId: 'ben' });
    expect(possible('conversation.takeOver', { conversation: bens }).ok).toBe(true);
  });

  test('[HOLD-11] allows a hand-back wherever the agent is silent', () => {
    const withState = (state: (typeof conversationState.options)[number]) => ({
      conversation: conversationOf({ state, reason: state === 'agentActive' ? null : 'switchedOff' }),
    });
    for (const state of ['humanActive', 'humanPriorityWindow', 'agentDisabled'] as const) {
      expect(possible('conversation.handBack', withState(state)).ok).toBe(true);
    }
    expect(why('conversation.handBack', withState('agentActive'))).toContain('agent already handles it');
    const failed = conversationOf({ state: 'agentActive', reason: 'agentFailed' });
    expect(possible('conversation.handBack', { conversation: failed }).ok).toBe(true);
  });

  test('allows resolving, reopening and snoozing by status', () => {
    const withStatus = (status: 'open' | 'snoozed' | 'closed') => ({ conversation: conversationOf({ status }) });
    const can = (status: 'open' | 'snoozed' | 'closed'): string[] =>
      ['close', 'reopen', 'snooze'].filter((name) => possible(`conversation.${name}`, withStatus(status)).ok);
    expect(can('open')).toEqual(['close', 'snooze']);
    expect(can('snoozed')).toEqual(['close', 'reopen', 'snooze']);
    expect(can('closed')).toEqual(['reopen']);
  });

  test('allows assigning to anyone but the current assignee', () => {
    const to = (assigneeId: string | null) => ({ conversation: conversationOf({ assigneeId }) });
    expect(why('conversation.assignToMe', to(ME))).toBe('Already assigned to you');
    expect(possible('conversation.assignToMe', to(null)).ok).toBe(true);
    expect(why('conversation.unassign', to(null))).toBe('Already unassigned');
    expect(possible('conversation.unassign', to('ben')).ok).toBe(true);
  });

  test('says that the list ends', () => {
    expect(why('list.next', { list: { ...LIST, hasNext: false } })).toContain('last');
    expect(why('list.previous', { list: { ...LIST, hasPrevious: false } })).toContain('first');
    expect(why('list.next', { list: { rows: 0, hasNext: false, hasPrevious: false } })).toContain('empty');
    for (const id of ['list.next', 'list.previous', 'list.open', 'list.search']) {
      expect(why(id, { list: undefined })).toBe('Open the inbox first');
    }
  });

  test('says that there is nothing to undo, and that the page is open already', () => {
    expect(why('general.undo', { mayUndo: false })).toBe('Nothing to undo');
    expect(why('pages.inbox', { route: '/(app)/inbox' })).toBe('Already here');
    expect(why('pages.supervise', { role: 'teammate' })).toContain('role');
    expect(possible('pages.supervise', { role: 'supervisor' }).ok).toBe(true);
  });

  test('calls one method of the target for each action', () => {
    for (const { run } of ACTIONS) {
      const calls: string[] = [];
      run(new Proxy({}, { get: (_, name) => () => calls.push(String(name)) }) as ActionTarget);
      expect(calls).toHaveLength(1);
    }
  });
});

import { expect, test } from 'vitest';
import { emptyInbox, reduceInbox } from '../view/inbox-view.ts';
import { conversationOf, messageOf } from '../view/testing/conversation-history.ts';
import { filterOf, queryOf, rowsOf, searchOf } from './list-filter.ts';

const said = (id: string, at: string, fields: Parameters<typeof conversationOf>[0] = {}) =>
  conversationOf({ id, lastMessage: messageOf({ seq: 1, createdAt: at, text: `about ${id}` }), ...fields });

const view = reduceInbox(emptyInbox(), {
  type: 'list',
  entries: [
    said('a', '2026-01-01T10:00:00Z'),
    said('b', '2026-01-01T12:00:00Z', {
      state: 'agentDisabled',
      assigneeId: 'me',
      holder: { kind: 'teammates', teammates: [{ id: 'me', name: 'Me' }] },
    }),
    said('c', '2026-01-01T11:00:00Z', { status: 'closed' }),
  ],
});
const ids = (search: string, found: string[] = []) =>
  rowsOf(view, filterOf(new URLSearchParams(search)), new Set(found), 'me').map(({ id }) => id);

test('lists open conversations, newest activity first', () => {
  expect(ids('')).toEqual(['b', 'a']);
  expect(ids('status=any')).toEqual(['b', 'c', 'a']);
});

test('sorts alike with and without the previous rows', () => {
  const rows = rowsOf(view, filterOf(new URLSearchParams('status=any')), new Set(), 'me');
  for (const before of [rows.toReversed(), rows.slice(1), [said('gone', '2026-01-01T09:00:00Z'), ...rows]]) {
    expect(rowsOf(view, filterOf(new URLSearchParams('status=any')), new Set(), 'me', before)).toEqual(rows);
  }
});

test('filters by state, holder, assignee, text and server results', () => {
  expect(ids('state=agentDisabled')).toEqual(['b']);
  expect(ids('assignee=none')).toEqual(['a']);
  expect(ids('holder=agent&status=any')).toEqual(['c', 'a']);
  expect([ids('holder=me'), ids('holder=someone'), ids('holder=team')]).toEqual([['b'], ['b'], []]);
  expect(ids('q=ABOUT A')).toEqual(['a']);
  expect(ids('q=deep in history', ['b'])).toEqual(['b']);
});

test('round-trips a filter through the URL, ignoring invalid values', () => {
  const filter = filterOf(new URLSearchParams('state=humanActive&status=closed&holder=team&assignee=me&q=x y'));
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
  expect(searchOf(filterOf(new URLSearchParams('state=nonsense&status=__proto__')))).toBe('');
  expect(queryOf(filterOf(new URLSearchParams()))).toEqual({ status: 'open' });
});

import { expect, test } from 'vitest';
import { messageOf } from '../../realtime/testing/conversation-history.ts';
import { countAfter, firstUnread, threadRows } from './thread-rows.ts';

const me = { kind: 'teammate' as const, id: 'me', name: 'Me' };
const at = (seq: number, day: number, minute = 0) =>
  messageOf({ seq, createdAt: new Date(2026, 0, day, 12, minute).toISOString() });
const shape = (messages: Parameters<typeof threadRows>[0], newFrom: number | null = null) =>
  threadRows(messages, newFrom).map((row) =>
    row.kind === 'group' ? row.group.messages.map(({ seq }) => seq) : row.kind,
  );

test('each day begins with its name, and authors are grouped within it', () => {
  expect(shape([at(1, 1), at(2, 1, 1), at(3, 2)])).toEqual(['day', [1, 2], 'day', [3]]);
  expect(shape([])).toEqual([]);
});

test('a line stands above the first unread message, also within a group and at the start of a day', () => {
  expect(shape([at(1, 1), at(2, 1, 1)], 2)).toEqual(['day', [1], 'new', [2]]);
  expect(shape([at(1, 1), at(2, 2)], 2)).toEqual(['day', [1], 'day', 'new', [2]]);
});

test('what I wrote myself is not new to me', () => {
  const messages = [at(1, 1), messageOf({ seq: 2, author: me }), at(3, 1), at(4, 1)];
  const from = (after: number, upTo: number) => firstUnread(messages, { after, upTo }, 'me');
  expect([from(1, 4), from(4, 4)]).toEqual([3, null]);
  expect(from(1, 2)).toBeNull();
  expect(countAfter(messages, 1, 'me')).toBe(2);
});

import { expect, test } from 'vitest';
import { messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { countAfter, firstUnread, threadRows } from './thread-rows.ts';

const me = { kind: 'teammate' as const, id: 'me', name: 'Me' };
const at = (seq: number, day: number, minute = 0) =>
  messageOf({ seq, createdAt: new Date(2026, 0, day, 12, minute).toISOString() });
const told = (version: number, day: number, minute: number) => ({
  version,
  by: me,
  at: new Date(2026, 0, day, 12, minute).toISOString(),
  text: 'Offer a voucher',
});
const shape = (
  messages: Parameters<typeof threadRows>[0],
  newFrom: number | null = null,
  instructions: Parameters<typeof threadRows>[2] = [],
) =>
  threadRows(messages, newFrom, instructions).map((row) => {
    if (row.kind === 'group') return row.group.messages.map(({ seq }) => seq);
    return row.kind === 'instruction' ? row.instruction.version : row.kind;
  });

test('starts each day with its name, and groups authors within it', () => {
  expect(shape([at(1, 1), at(2, 1, 1), at(3, 2)])).toEqual(['day', [1, 2], 'day', [3]]);
  expect(shape([])).toEqual([]);
});

test('draws the line above the first unread message, also within groups and days', () => {
  expect(shape([at(1, 1), at(2, 1, 1)], 2)).toEqual(['day', [1], 'new', [2]]);
  expect(shape([at(1, 1), at(2, 2)], 2)).toEqual(['day', [1], 'day', 'new', [2]]);
});

test('does not mark one’s own messages as new', () => {
  const messages = [at(1, 1), messageOf({ seq: 2, author: me }), at(3, 1), at(4, 1)];
  const from = (after: number, upTo: number) => firstUnread(messages, { after, upTo }, 'me');
  expect([from(1, 4), from(4, 4)]).toEqual([3, null]);
  expect(from(1, 2)).toBeNull();
  expect(countAfter(messages, 1, 'me')).toBe(2);
});

test('places an instruction by time: between messages, after the last, on its day', () => {
  const messages = [at(1, 1), at(2, 1, 2), at(3, 3)];
  expect(shape(messages, 2, [told(7, 1, 1)])).toEqual(['day', [1], 7, 'new', [2], 'day', [3]]);
  expect(shape(messages, null, [told(7, 1, 1)])).toEqual(['day', [1], 7, [2], 'day', [3]]);
  expect(shape(messages, null, [told(7, 2, 0), told(8, 3, 1)])).toEqual(['day', [1, 2], 'day', 7, 'day', [3], 8]);
});

test('leaves out instructions of messages that are not shown', () => {
  expect(shape([at(5, 2)], null, [told(7, 1, 0)])).toEqual(['day', [5]]);
  expect(threadRows([at(5, 2)], null, [told(7, 2, 1)], false).map(({ kind }) => kind)).toEqual(['day', 'group']);
});

test('repeats a day for a message that was imported late', () => {
  const keys = threadRows([at(1, 1), at(2, 2), at(3, 1)], null).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

import { expect, test } from 'vitest';
import { PresenceBook, WRITING_MS, type Attendee } from '../../../src/realtime/presence/presence.ts';

const key = { workspaceId: 'w', conversationId: 'c' };
const ada: Attendee = { kind: 'teammate', id: 'ada', name: 'Ada' };
const ben: Attendee = { kind: 'teammate', id: 'ben', name: 'Ben' };
const zoe: Attendee = { kind: 'customer', id: 'zoe', name: 'Zoe' };

const typing = (book: PresenceBook) =>
  book
    .people(key)
    .filter((person) => person.typing)
    .map((person) => person.id);

test('a person on two connections is one person, who types while either does', () => {
  const book = new PresenceBook();
  book.enter(key, '1', ada);
  book.enter(key, '2', ada);
  book.write(key, '2', { note: false, now: 0 });
  expect(book.people(key)).toEqual([{ ...ada, typing: true, idle: false }]);
  book.leave(key, '2');
  expect(book.people(key)).toEqual([{ ...ada, typing: false, idle: false }]);
});

test('a person is idle where all of their connections are, and each change shows once', () => {
  const book = new PresenceBook();
  const idle = () => book.people(key).map((person) => person.idle);
  book.enter(key, '1', ada);
  book.enter(key, '2', ada, true);
  expect(idle()).toEqual([false]);
  expect(book.rest(key, '1', true)).toBe(true);
  expect(book.rest(key, '1', true)).toBe(false);
  expect(idle()).toEqual([true]);
  expect(book.rest(key, '2', false)).toBe(true);
  expect(idle()).toEqual([false]);
  expect(book.rest(key, 'gone', true)).toBe(false);
});

test('a renewal changes nothing that others see; turning to a note does', () => {
  const book = new PresenceBook();
  book.enter(key, '1', ada);
  expect(book.write(key, '1', { note: false, now: 0 })).toBe(true);
  expect(book.write(key, '1', { note: false, now: 3_000 })).toBe(false);
  expect(book.write(key, '1', { note: true, now: 4_000 })).toBe(true);
  expect(book.write(key, '1', null)).toBe(true);
  expect(book.write(key, '1', null)).toBe(false);
});

test('what no heartbeat keeps up ends with the lease', () => {
  const book = new PresenceBook();
  book.enter(key, '1', ada);
  book.enter(key, '2', ben);
  book.write(key, '1', { note: false, now: 0 });
  book.write(key, '2', { note: false, now: 3_000 });
  expect(book.expire(WRITING_MS - 1)).toEqual([]);
  expect(book.expire(WRITING_MS)).toEqual([key]);
  expect(typing(book)).toEqual(['ben']);
});

test('who has sent writes no more, on any connection', () => {
  const book = new PresenceBook();
  for (const connection of ['1', '2']) {
    book.enter(key, connection, ada);
    book.write(key, connection, { note: false, now: 0 });
  }
  expect(book.finished(key, 'ada')).toBe(true);
  expect(book.finished(key, 'ada')).toBe(false);
  expect(typing(book)).toEqual([]);
});

test('[SEE-4] neither a note nor the customer counts as writing to the customer', () => {
  const book = new PresenceBook();
  for (const [connection, person] of [['1', ada] as const, ['2', ben] as const, ['3', zoe] as const]) {
    book.enter(key, connection, person);
    book.write(key, connection, { note: connection === '1', now: 0 });
  }
  expect(book.writers(key)).toEqual([ben]);
});

test('an empty room is forgotten, and who never came cannot write', () => {
  const book = new PresenceBook();
  book.enter(key, '1', ada);
  expect([book.leave(key, '1'), book.leave(key, '1')]).toEqual([true, false]);
  expect(book.write(key, '1', { note: false, now: 0 })).toBe(false);
  expect([...book.keysHere()]).toEqual([]);
});

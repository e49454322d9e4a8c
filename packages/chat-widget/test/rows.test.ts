import type { CustomerViewMessage } from '@baton/protocol';
import { expect, test } from 'vitest';
import { EMPTY_CHAT, follow, type Chat } from '../src/core/chat.ts';
import { rowsOf, type Row } from '../src/core/rows.ts';

const customer = { kind: 'customer', name: 'Ada' } as const;
const agent = { kind: 'agent', name: 'Robin' } as const;
const person = { kind: 'teammate', name: 'Robin' } as const;

function chatOf(...said: [from: CustomerViewMessage['from'], createdAt: string][]): Chat {
  const messages = said.map(([from, createdAt], index) => {
    const seq = index + 1;
    return { id: `m${seq}`, seq, from, text: `text ${seq}`, createdAt, clientMessageId: null };
  });
  return { ...EMPTY_CHAT, messages };
}

const TODAY = '2026-03-02';
const dayOf = (iso: string): string => (iso.startsWith(TODAY) ? '' : iso.slice(0, 10));
const kinds = (rows: readonly Row[]): string[] =>
  rows.map((row) =>
    row.kind === 'day' ? `day ${row.day}` : row.kind === 'speaker' ? `by ${row.from.kind}` : row.kind,
  );

test('names the speaker at the start and again after a pause', () => {
  const chat = chatOf(
    [customer, `${TODAY}T10:00:00Z`],
    [customer, `${TODAY}T10:01:00Z`],
    [agent, `${TODAY}T10:02:00Z`],
    [person, `${TODAY}T10:03:00Z`],
    [person, `${TODAY}T10:30:00Z`],
  );
  expect(kinds(rowsOf(chat, dayOf))).toEqual([
    'by customer',
    'text',
    'text',
    'by agent',
    'text',
    'by teammate',
    'text',
    'by teammate',
    'text',
  ]);
});

test('separates days, and names today only after another day', () => {
  const today = chatOf([customer, `${TODAY}T10:00:00Z`]);
  expect(kinds(rowsOf(today, dayOf))).toEqual(['by customer', 'text']);
  const since = chatOf([customer, '2026-03-01T23:59:00Z'], [customer, `${TODAY}T00:01:00Z`]);
  expect(kinds(rowsOf(since, dayOf))).toEqual(['day 2026-03-01', 'by customer', 'text', 'day ', 'by customer', 'text']);
});

test('[SEND-2] keeps the row of a message from queue to history', () => {
  const message = { clientMessageId: 'c1', text: 'Hello', writtenAt: 1, refused: false };
  const queued = follow(EMPTY_CHAT, { type: 'written', message });
  const stored = { ...message, id: 'm1', seq: 1, from: customer, createdAt: `${TODAY}T10:00:00Z` };
  const arrived = follow(queued, { type: 'received', messages: [stored] });
  const keyOf = (chat: Chat) => rowsOf(chat, dayOf).find(({ kind }) => kind === 'text')?.key;
  expect(keyOf(queued)).toBe('c1');
  expect(keyOf(arrived)).toBe('c1');
  expect(kinds(rowsOf(follow(queued, { type: 'refused', clientMessageId: 'c1' }), dayOf))).toEqual(['refused']);
});

test('[SEE-4] shows each typing person once, until they stop or the connection is lost', () => {
  const types = (typing: boolean) => ({ type: 'typing', from: agent, typing }) as const;
  const twice = [types(true), types(true)].reduce(follow, { ...EMPTY_CHAT, status: 'live' });
  expect(twice.typing).toEqual([agent]);
  expect(follow(twice, types(false)).typing).toEqual([]);
  expect(follow(twice, { type: 'connection', status: 'lost' }).typing).toEqual([]);
});

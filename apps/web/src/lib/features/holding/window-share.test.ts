import { expect, test } from 'vitest';
import { conversationOf, messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { windowShare } from './window-share.ts';

const start = '2026-01-01T00:00:00.000Z';
const after = (seconds: number) => new Date(Date.parse(start) + seconds * 1_000).toISOString();
const held = conversationOf({ state: 'humanPriorityWindow', stateSince: start, resumesAt: after(60) });
const at = (seconds: number, conversation = held) => windowShare(conversation, Date.parse(after(seconds)));

test('fills the ring at the start of a window and empties it', () => {
  expect([at(-5), at(0), at(15), at(60), at(90)]).toEqual([1, 1, 0.75, 0, 0]);
  expect(at(0, conversationOf({}))).toBeNull();
});

test('[HOLD-7] refills the ring with a further human message, not with a note', () => {
  const ben = { kind: 'teammate' as const, id: 'ben', name: 'Ben' };
  const said = (note: boolean) =>
    conversationOf({
      ...held,
      resumesAt: after(90),
      lastMessage: messageOf({ seq: 2, author: ben, note, createdAt: after(30) }),
    });
  expect(at(30, said(false))).toBe(1);
  expect(at(30, said(true))).toBeCloseTo(2 / 3);
});

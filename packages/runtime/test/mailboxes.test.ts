import { expect, test } from 'vitest';
import { Mailboxes } from '../src/actor/mailbox.ts';

const key = (n: number) => ({ workspaceId: 'w', conversationId: `c${n}` });
const kept = (boxes: Mailboxes) => [1, 2, 3, 4, 5].filter((n) => boxes.find(key(n)));

test('the longest unused mailbox goes first, and being opened is being used', () => {
  const boxes = new Mailboxes(3);
  for (const n of [1, 2, 3]) boxes.open(key(n));
  boxes.open(key(1));
  boxes.open(key(4));
  expect(kept(boxes)).toEqual([1, 3, 4]);
  // Looking at one is not.
  boxes.find(key(3));
  boxes.open(key(5));
  expect(kept(boxes)).toEqual([1, 4, 5]);
});

test('a busy mailbox and one with letters never go, however many there are; idle again, they do', () => {
  const boxes = new Mailboxes(2);
  const busy = boxes.open(key(1));
  busy.isBusy = true;
  const waiting = boxes.open(key(2));
  waiting.commands.push({ command: { type: 'wake' }, answer: () => {} });
  boxes.open(key(3));
  boxes.open(key(4));
  expect(kept(boxes)).toEqual([1, 2, 4]);
  busy.isBusy = false;
  waiting.commands.length = 0;
  boxes.open(key(5));
  expect(kept(boxes)).toEqual([4, 5]);
});

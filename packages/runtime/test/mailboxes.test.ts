import { expect, test } from 'vitest';
import { Mailboxes } from '../src/actor/mailbox.ts';

const key = (n: number) => ({ workspaceId: 'w', conversationId: `c${n}` });
const kept = (boxes: Mailboxes) => [1, 2, 3, 4, 5].filter((n) => boxes.find(key(n)));

test('evicts the least recently opened mailbox first', () => {
  const boxes = new Mailboxes(3);
  for (const n of [1, 2, 3]) boxes.open(key(n));
  boxes.open(key(1));
  boxes.open(key(4));
  expect(kept(boxes)).toEqual([1, 3, 4]);
  // `find` does not count as use.
  boxes.find(key(3));
  boxes.open(key(5));
  expect(kept(boxes)).toEqual([1, 4, 5]);
});

test('evicts busy mailboxes and those with commands only once idle', () => {
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

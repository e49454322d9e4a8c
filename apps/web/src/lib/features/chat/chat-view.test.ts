import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerViewMessage } from '@baton/protocol';
import { EMPTY_CHAT, enqueue, nextToSend, receive, refuse, showTyping } from './chat-view.ts';

const message = (seq: number): CustomerViewMessage => ({
  id: `m${seq}`,
  seq,
  from: { kind: 'customer', name: 'Ada' },
  text: `text ${seq}`,
  createdAt: '2026-01-01T00:00:00Z',
  clientMessageId: `c${seq}`,
});
const all = [1, 2, 3, 4, 5, 6].map(message);

test('[SEND-6] whatever order and however often messages arrive, each is shown once and in order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 12 }), (arriving) => {
      const view = arriving.reduce((next, one) => receive(next, [one]), EMPTY_CHAT);
      expect(view.messages).toEqual(all);
    }),
  );
});

test('[SEND-6] what was sent is outgoing until it arrives, by its client id', () => {
  const queued = [1, 2].reduce(
    (view, n) => enqueue(view, { clientMessageId: `c${n}`, text: `text ${n}`, refused: false }),
    EMPTY_CHAT,
  );
  expect(nextToSend(queued)?.clientMessageId).toBe('c1');
  expect(nextToSend(refuse(queued, 'c1'))?.clientMessageId).toBe('c2');
  expect(receive(queued, [message(1)]).outgoing.map(({ clientMessageId }) => clientMessageId)).toEqual(['c2']);
});

test('[SEE-4] each who types is shown once, until they stop', () => {
  const agent = { kind: 'agent' as const, name: 'Robin' };
  const typing = [true, true].reduce((view, on) => showTyping(view, agent, on), EMPTY_CHAT);
  expect(typing.typing).toEqual([agent]);
  expect(showTyping(typing, agent, false).typing).toEqual([]);
});

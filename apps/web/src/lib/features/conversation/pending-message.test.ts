import { expect, test } from 'vitest';
import { messageOf } from '../../realtime/testing/conversation-history.ts';
import { notYetIn, pendingOf } from './pending-message.ts';

test('[SEND-6] a message that is on its way is shown once: by itself until it has arrived', () => {
  const pending = [
    pendingOf({ clientMessageId: 'a', text: 'Hi' }),
    pendingOf({ clientMessageId: 'b', text: 'Ho', note: true }),
  ];
  expect(notYetIn([messageOf({ seq: 1 })], pending)).toEqual(pending);
  expect(notYetIn([messageOf({ seq: 1, clientMessageId: 'a' })], pending)).toEqual([
    { clientMessageId: 'b', text: 'Ho', note: true },
  ]);
});

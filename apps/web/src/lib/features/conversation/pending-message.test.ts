import { expect, test } from 'vitest';
import { messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { notYetIn } from './pending-message.ts';

test('[SEND-6] shows a message being sent once', () => {
  const reply = { clientMessageId: 'a', text: 'Hi', note: false, stage: 'sending', seconds: 0 } as const;
  const note = { clientMessageId: 'b', text: 'Ho', note: true, stage: 'waiting', seconds: 0 } as const;
  expect(notYetIn([messageOf({ seq: 1 })], [reply, note])).toEqual([reply, note]);
  expect(notYetIn([messageOf({ seq: 1, clientMessageId: 'a' })], [reply, note])).toEqual([note]);
});

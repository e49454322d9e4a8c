import type { Transition } from '@baton/protocol';
import { expect, test } from 'vitest';
import { instructionsIn } from './instructions.ts';

const by = { kind: 'teammate' as const, id: 'ben', name: 'Ben' };
const at = '2026-01-01T12:00:00.000Z';
const happened = (version: number, event: Transition['event']): Transition => ({
  version,
  event,
  from: 'agentDisabled',
  to: 'agentActive',
  fromLeaf: 'agentDisabled',
  toLeaf: 'agentActive.idle',
  by,
  at,
});

test('[HOLD-11] finds only the instructions of hand-backs in a history', () => {
  const history = [
    happened(1, { type: 'replies.enabled', instruction: null }),
    happened(2, { type: 'reply.handoff', reason: 'asked for a person' }),
    happened(3, { type: 'replies.enabled', instruction: 'Offer a voucher' }),
  ];
  expect(instructionsIn(history)).toEqual([{ version: 3, by, at, text: 'Offer a voucher' }]);
});

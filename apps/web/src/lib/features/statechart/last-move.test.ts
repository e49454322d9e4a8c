import type { Leaf, Transition } from '@baton/protocol';
import { expect, test } from 'vitest';
import { lastMove } from './last-move.ts';

const top = (leaf: Leaf) => leaf.split('.')[0] as Transition['from'];
const step = (fromLeaf: Leaf, toLeaf: Leaf) => ({ from: top(fromLeaf), to: top(toLeaf), fromLeaf, toLeaf });

test('draws a takeover between two states, from whichever phase it came', () => {
  expect(lastMove([step('agentActive.replying', 'humanActive')])?.edge).toBe('agentActive -> humanActive');
});

test('draws the agent’s own phases from leaf to leaf', () => {
  expect(lastMove([step('agentActive.replying', 'agentActive.sending')])?.edge).toBe(
    'agentActive.replying -> agentActive.sending',
  );
});

test('passes over transitions that kept the leaf', () => {
  const moved = step('agentActive.sending', 'agentActive.idle');
  const kept = step('agentActive.idle', 'agentActive.idle');
  expect(lastMove([moved, kept])).toEqual({ transition: moved, edge: 'agentActive.sending -> agentActive.idle' });
  expect(lastMove([kept])).toBeNull();
  expect(lastMove([])).toBeNull();
});

test('takes the states of transitions that were stored without leaves', () => {
  const old = { from: 'agentActive', to: 'humanActive', fromLeaf: null, toLeaf: null } as const;
  expect(lastMove([old])?.edge).toBe('agentActive -> humanActive');
  expect(lastMove([{ ...old, to: 'agentActive' }])).toBeNull();
});

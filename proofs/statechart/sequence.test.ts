import { expect, test } from 'vitest';
import type { Tally } from '../tally.ts';
import { runSequence } from './sequence.ts';

// One million of them: npm run prove -- statechart
test('[HOLD-1] [HOLD-2] [TIME-3] [TIME-4] hold in 500 random conversations', { timeout: 120_000 }, () => {
  const tally: Tally = {};
  for (let number = 0; number < 500; number += 1) runSequence(1, number, tally);
  expect(Object.keys(tally['events'] ?? {})).toHaveLength(19);
  expect(Object.keys(tally['transitions'] ?? {}).length).toBeGreaterThan(20);
});

import { describe, expect, test } from 'vitest';
import type { Tally } from '../tally.ts';
import { describeMove } from './move.ts';
import { LEAST, replay, runSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';
import { CLAIM_HEARD_LATE, MARK_SAID_AGAIN } from './regressions.ts';
import { ClaimsOfAnyAttempt, MarksOfAnyAttempt, VARIANTS } from './variants.ts';
import type { Variant } from './world.ts';

const PATIENCE = { timeout: 300_000 };

// One million of them: npm run prove -- simulate
test(
  '[HOLD-2] [TURN-4] [SEND-4] [SEND-6] [TIME-2] [SEE-3] [SEE-5] hold in 250 simulated schedules',
  PATIENCE,
  async () => {
    const tally: Tally = {};
    for (let number = 0; number < 250; number += 1) {
      const { broken, events, faults } = await runSchedule(1, number, tally);
      expect(broken, `schedule ${number} of seed 1`).toBeNull();
      expect(events).toBeGreaterThanOrEqual(LEAST.events);
      expect(faults).toBeGreaterThanOrEqual(LEAST.faults);
    }
    // Schedules in which these do not occur would prove nothing.
    expect(tally['faults']).toMatchObject({ 'answer lost': expect.any(Number), 'node: crash': expect.any(Number) });
    expect(Object.keys(tally['transitions'] ?? {}).length).toBeGreaterThan(12);
    expect(tally['deliveries']).toMatchObject({ 'queued -> withheld': expect.any(Number) });
  },
);

test('makes the same schedule from the same seed and number', PATIENCE, async () => {
  const [one, two] = [await runSchedule(7, 3, {}), await runSchedule(7, 3, {})];
  expect(two.moves).toEqual(one.moves);
  expect(two.world.keys.map((key) => two.world.store.row(key).transitions)).toEqual(
    one.world.keys.map((key) => one.world.store.row(key).transitions),
  );
});

describe('notices variants that are broken on purpose', () => {
  for (const [name, { variant, breaks, near }] of Object.entries(VARIANTS)) {
    test(`notices: ${name}`, PATIENCE, async () => {
      let broken: string | null = null;
      for (let number = near; broken === null && number < near + 200; number += 1) {
        ({ broken } = await runSchedule(1, number, {}, variant));
      }
      expect(broken).toMatch(breaks);
    });
  }
});

test('[SEND-4] ignores a repeated mark during the next attempt', async () => {
  const { broken } = await replay(MARK_SAID_AGAIN);
  expect(broken).toBeNull();
  const variant: Variant = { makeStore: (now) => new MarksOfAnyAttempt({ now }) };
  expect((await replay(MARK_SAID_AGAIN, variant)).broken).toMatch(/SEND-4/);
});

test('[SEND-4] claims nothing for a sender that hears of its lane late', async () => {
  expect((await replay(CLAIM_HEARD_LATE)).broken).toBeNull();
  const variant: Variant = { makeStore: (now) => new ClaimsOfAnyAttempt({ now }) };
  expect((await replay(CLAIM_HEARD_LATE, variant)).broken).toMatch(/SEND-4/);
});

test('shrinks a breach to few moves that reproduce it', PATIENCE, async () => {
  const { variant } = VARIANTS['own echoes taken for people']!;
  let [number, { moves, broken }] = [0, await runSchedule(1, 0, {}, variant)];
  while (broken === null) ({ moves, broken } = await runSchedule(1, (number += 1), {}, variant));
  const fewest = await shrink(moves, broken, variant);
  expect(fewest.length).toBeLessThan(moves.length / 3);
  expect((await replay(fewest, variant)).broken).toMatch(/HOLD-16/);
  expect(fewest.map(describeMove).join('\n')).toContain('own echo');
});

import { expect, test } from 'vitest';
import { chaos } from './chaos.ts';

const ONCE = { kill: 1, pause: 1, cut: 1, stall: 1, swallow: 2, delay: 1 };
const SHARED = { 'stop database': 1, 'kill backend': 1, 'kill Redis': 1, 'pause Redis': 1 };

// Hundreds of each: npm run prove -- chaos
test(
  '[TIME-2] [TIME-3] [HOLD-2] [SEND-4] [SEND-6] loses nothing acknowledged and talks over nobody through any fault',
  { timeout: 900_000 },
  async () => {
    const result = await chaos({ seed: 1, counts: { ...ONCE, ...SHARED }, lostAnswers: 1, isGentle: true });
    console.log('chaos of seed 1:', JSON.stringify(result));
    expect(result.violations).toEqual([]);
    // On a slow machine more answers are swallowed until one is lost.
    expect(result.faults).toEqual({ ...ONCE, ...SHARED, swallow: expect.any(Number) as number });
    expect(result.faults['swallow']).toBeGreaterThanOrEqual(ONCE.swallow);
    expect(result.contested).toBeGreaterThan(0);
    expect(result.lostAnswers).toBeGreaterThan(0);
  },
);

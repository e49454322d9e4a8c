import { expect, test } from 'vitest';
import { chaos } from './chaos.ts';

const ONCE = { kill: 1, pause: 1, cut: 1, stall: 1, swallow: 2, delay: 1 };
const SHARED = { 'stop database': 1, 'kill backend': 1, 'kill Redis': 1, 'pause Redis': 1 };

// Hundreds of each: npm run prove -- chaos
test(
  '[TIME-2] [TIME-3] [HOLD-2] [SEND-4] [SEND-6] whatever fails, nothing acknowledged is lost and nobody is talked over',
  { timeout: 300_000 },
  async () => {
    const result = await chaos({ seed: 1, counts: { ...ONCE, ...SHARED }, isGentle: true });
    console.log('chaos of seed 1:', JSON.stringify(result));
    expect(result.violations).toEqual([]);
    expect(result.faults).toEqual({ ...ONCE, ...SHARED });
    expect(result.contested).toBeGreaterThan(0);
    expect(result.lostAnswers).toBeGreaterThan(0);
  },
);

import { expect, test } from 'vitest';
import { race, type RaceResult } from './race.ts';

const KINDS = ['a message', 'an echo', 'switching off', 'typing'];

const isEnough = ({ claims, withheld, met }: RaceResult) =>
  claims > 0 && withheld > 0 && KINDS.every((act) => (met[act]?.['being made'] ?? 0) > 0);

// One hundred thousand of them: npm run prove -- races
test(
  '[HOLD-2] [SEND-3] in races on three nodes the agent never speaks while a person holds',
  { timeout: 600_000 },
  async () => {
    const result = await race({ seed: 1, contested: 60, duels: 12, acts: 10, isEnough });
    console.log('race of seed 1:', JSON.stringify(result));
    expect(result.violations).toEqual([]);
    expect(result.contested).toBeGreaterThanOrEqual(60);
    // Without both outcomes the races would prove nothing.
    expect(result.claims).toBeGreaterThan(0);
    expect(result.withheld).toBeGreaterThan(0);
    expect(result.aborted).toBeGreaterThan(0);
    expect(Object.keys(result.met).toSorted()).toEqual(KINDS);
    for (const phases of Object.values(result.met)) expect(phases['being made']).toBeGreaterThan(0);
  },
);

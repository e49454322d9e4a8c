import { afterAll, beforeAll, expect, test } from 'vitest';
import { Product } from '../support/product.ts';
import { race } from './race.ts';

// `BATON_RACE_TURNS=2000 BATON_RACE_SEED=7` runs the whole race, or one again.
const turns = Number(process.env['BATON_RACE_TURNS'] ?? 150);
const seed = Number(process.env['BATON_RACE_SEED'] ?? 1);

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.remove());

test(
  '[HOLD-2] [SEND-3] in a race through the front door the agent never speaks while a person holds',
  { timeout: 600_000 },
  async () => {
    // Twenty replies in ten minutes to one customer are taken for two machines that talk to each other (TURN-12).
    const conversations = Math.max(20, Math.ceil(turns / 10));
    const result = await race(product, { seed, turns, conversations });
    console.log(`race of seed ${seed}:`, JSON.stringify(result));
    expect(result.violations).toEqual([]);
    expect(result.turns).toBeGreaterThanOrEqual(turns);
    // Without real contention the race would prove nothing.
    expect(result.contested).toBeGreaterThan(turns / 10);
  },
);

import { chaos as run } from '../../e2e/chaos/chaos.ts';
import { countsFor, lostAnswersFor } from '../../e2e/chaos/plan.ts';
import type { Proof } from '../proof.ts';

export const chaos: Proof = {
  shows:
    'Through any fault nothing acknowledged is lost, nothing is sent twice and nobody is talked over (R-3, R-4, R-5).',
  counts: { what: 'kills of a node; the other faults in proportion', usual: 500 },
  async run({ seed, count, say }) {
    const { violations, faults, afterNodeDeath, afterDatabaseBack, untilRest, ...figures } = await run({
      seed,
      counts: countsFor(count),
      lostAnswers: lostAnswersFor(count),
      customers: 24,
      teammates: 9,
      say,
    });
    return {
      figures: {
        ...figures,
        ...quantiles('ms after a node’s death', afterNodeDeath),
        ...quantiles('ms after the database is back', afterDatabaseBack),
        'ms until all had settled': Math.round(1000 * untilRest),
      },
      coverage: { faults },
      broken: violations.length === 0 ? null : violations.join('\n'),
    };
  },
};

/** Milliseconds by quantile, from seconds. */
function quantiles(what: string, seconds: number[]): Record<string, number> {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(1000 * (sorted[Math.ceil(share * sorted.length) - 1] ?? 0));
  return {
    [`${what}: count`]: sorted.length,
    [`${what}, p50`]: at(0.5),
    [`${what}, p99`]: at(0.99),
    [`${what}, at most`]: at(1),
  };
}

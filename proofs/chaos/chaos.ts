import { chaos as run } from '../../e2e/chaos/chaos.ts';
import { countsFor } from '../../e2e/chaos/plan.ts';
import type { Proof } from '../proof.ts';

const milliseconds = (seconds: number) => Math.round(seconds * 1000);

export const chaos: Proof = {
  shows:
    'Whatever fails, nothing acknowledged is lost, nothing is sent twice and nobody is talked over (R-3, R-4, R-5).',
  counts: { what: 'kills of a node; the other faults in proportion', usual: 500 },
  async run({ seed, count, say }) {
    const { violations, faults, afterNodeDeath, afterDatabaseBack, untilRest, ...figures } = await run({
      seed,
      counts: countsFor(count),
      customers: 24,
      teammates: 9,
      say,
    });
    return {
      figures: {
        ...figures,
        'ms after a node’s death, at most': milliseconds(afterNodeDeath),
        'ms after the database is back, at most': milliseconds(afterDatabaseBack),
        'ms until all had come to rest': milliseconds(untilRest),
      },
      coverage: { faults },
      broken: violations.length === 0 ? null : violations.join('\n'),
    };
  },
};

import { race } from '../../e2e/race/race.ts';
import type { Proof } from '../proof.ts';

export const races: Proof = {
  shows: 'On three real nodes people take over during replies, and the agent never speaks while they hold (R-2).',
  counts: { what: 'contested takeovers', usual: 100_000 },
  async run({ seed, count, say }) {
    const { violations, perSecond, met, ...figures } = await race({ seed, contested: count, say });
    return {
      figures: { ...figures, 'contested per second': perSecond },
      coverage: met,
      broken: violations.length === 0 ? null : violations.join('\n'),
    };
  },
};

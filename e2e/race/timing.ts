import type { Random } from '../../proofs/random.ts';
import { type Phase, PHASES } from '../judge/contest.ts';

/** The agent answers only after the takeover is acknowledged, so its reply is aborted or late. */
export const AFTER_THE_TAKEOVER = -Infinity;

/** Milliseconds from the agent's answer to the takeover. Negative: the takeover comes first. */
const MOMENTS = [AFTER_THE_TAKEOVER, -4, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45] as const;

/** How often each phase is the target. The first two are contested; the others cover the time after the claim. */
const WANTED: Record<Phase, number> = { 'being made': 0.62, committed: 0.33, claimed: 0.03, sent: 0.02 };
/** A delay is used if its hit rate is at least this share of the best one. */
const NEARLY_LIKELIEST = 0.7;
/** The other takeovers use a random delay, to explore. */
const AIMED_SHARE = 0.9;
/** The load of a machine changes, so counts are halved after this many tries. */
const HALVE_AFTER_TRIES = 100;

/** One takeover and its delay after the reply, in milliseconds. */
export interface Tried {
  act: string;
  moment: number;
}

interface Met {
  tries: number;
  hits: Record<Phase, number>;
}

/** Learns which delay makes each kind of takeover meet which phase of a reply on this machine, and aims at all phases. */
export class TakeoverTiming {
  readonly #met = new Map<string, Map<number, Met>>();

  next(act: string, random: Random): number {
    return random.chance(AIMED_SHARE) ? random.pick(this.#likely(act, wanted(random))) : random.pick(MOMENTS);
  }

  learn({ act, moment }: Tried, phase: Phase | null): void {
    const met = this.#of(act).get(moment);
    if (!met) return;
    met.tries += 1;
    if (phase !== null) met.hits[phase] += 1;
    if (met.tries < HALVE_AFTER_TRIES) return;
    met.tries /= 2;
    for (const known of PHASES) met.hits[known] /= 2;
  }

  /** Several delays, not only the best one: the closest races lie at the border of two phases. */
  #likely(act: string, phase: Phase): number[] {
    const chances = [...this.#of(act)].map(([moment, { tries, hits }]) => ({ moment, chance: hits[phase] / tries }));
    const most = Math.max(...chances.map(({ chance }) => chance));
    return chances.filter(({ chance }) => chance >= NEARLY_LIKELIEST * most).map(({ moment }) => moment);
  }

  #of(act: string): Map<number, Met> {
    const known = this.#met.get(act);
    if (known) return known;
    const fresh = new Map(MOMENTS.map((moment) => [moment, guess(moment)]));
    this.#met.set(act, fresh);
    return fresh;
  }
}

function wanted(random: Random): Phase {
  let left = random.next();
  return PHASES.find((phase) => (left -= WANTED[phase]) < 0) ?? 'being made';
}

/** The first guess, before anything is learned on this machine. */
function guess(moment: number): Met {
  const hits: Met['hits'] = { 'being made': 0, committed: 0, claimed: 0, sent: 0 };
  hits[moment < 0 ? 'being made' : moment < 6 ? 'committed' : moment < 20 ? 'claimed' : 'sent'] = 1;
  return { tries: 2, hits };
}

import type { Random } from '../../proofs/random.ts';
import { type Phase, PHASES } from '../judge/contest.ts';

/** The person acts, and the agent says nothing before that is acknowledged: it is cut short, or comes too late. */
export const WHEN_ALL_IS_OVER = -Infinity;

/** Milliseconds by which the person acts after the agent has answered; negative, before. */
const MOMENTS = [WHEN_ALL_IS_OVER, -4, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45] as const;

/** How often a phase is aimed at. The first two are the races; the others show what comes after them. */
const WANTED: Record<Phase, number> = { 'being made': 0.62, committed: 0.33, claimed: 0.03, sent: 0.02 };
/** As likely as the likeliest, or nearly. */
const NEAR = 0.7;
/** The rest is left to chance, which is how one learns. */
const AIMED = 0.9;
/** Machines grow slower and faster: what is longer ago than so many tries counts half. */
const MEMORY = 100;

/** What a person did, and how long after the reply. */
export interface Tried {
  act: string;
  moment: number;
}

interface Met {
  tries: number;
  hits: Record<Phase, number>;
}

/** Learns at which moments each act meets which phase of a reply, on this machine now, and aims at all of them. */
export class Aim {
  readonly #met = new Map<string, Map<number, Met>>();

  next(act: string, random: Random): number {
    return random.chance(AIMED) ? random.pick(this.#likely(act, wanted(random))) : random.pick(MOMENTS);
  }

  learn({ act, moment }: Tried, phase: Phase | null): void {
    const met = this.#of(act).get(moment);
    if (!met) return;
    met.tries += 1;
    if (phase !== null) met.hits[phase] += 1;
    if (met.tries < MEMORY) return;
    met.tries /= 2;
    for (const known of PHASES) met.hits[known] /= 2;
  }

  /** Not only the likeliest: nearer to another phase is where the races are close. */
  #likely(act: string, phase: Phase): number[] {
    const chances = [...this.#of(act)].map(([moment, { tries, hits }]) => ({ moment, chance: hits[phase] / tries }));
    const most = Math.max(...chances.map(({ chance }) => chance));
    return chances.filter(({ chance }) => chance >= NEAR * most).map(({ moment }) => moment);
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

/** Before anything is known of this machine. */
function guess(moment: number): Met {
  const hits: Met['hits'] = { 'being made': 0, committed: 0, claimed: 0, sent: 0 };
  hits[moment < 0 ? 'being made' : moment < 6 ? 'committed' : moment < 20 ? 'claimed' : 'sent'] = 1;
  return { tries: 2, hits };
}

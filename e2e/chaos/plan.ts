import type { Random } from '../../proofs/random.ts';

/** Faults of one node. */
export const NODE_FAULTS = ['kill', 'pause', 'cut', 'stall', 'swallow', 'delay'] as const;
/** Faults of what all nodes share. */
export const SHARED_FAULTS = ['stop database', 'kill backend', 'kill Redis', 'pause Redis'] as const;

export type NodeFault = (typeof NODE_FAULTS)[number];
export type SharedFault = (typeof SHARED_FAULTS)[number];
export type Counts = Record<NodeFault | SharedFault, number>;

/** The number of each fault for a number of kills: for five kills two pauses, two cuts and one database stop. */
export function countsFor(kills: number): Counts {
  const of = (share: number) => Math.max(1, Math.round(kills * share));
  return {
    kill: of(1),
    pause: of(0.4),
    cut: of(0.4),
    stall: of(0.2),
    swallow: of(2),
    delay: of(0.2),
    'stop database': of(0.2),
    'kill backend': of(0.1),
    'kill Redis': of(0.1),
    'pause Redis': of(0.1),
  };
}

/** Twenty lost answers to a COMMIT per kill. */
export function lostAnswersFor(kills: number): number {
  return 20 * kills;
}

/** Each fault as often as planned, in an order that the seed decides. */
export function shuffled<T extends string>(kinds: readonly T[], counts: Record<T, number>, random: Random): T[] {
  const all = kinds.flatMap((kind) => Array.from({ length: counts[kind] }, () => kind));
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}

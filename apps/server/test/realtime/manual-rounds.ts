import type { Every } from '../../src/timing/every.ts';

/** Rounds that come round when a test says so. */
export class ManualRounds {
  readonly #rounds = new Map<number, Set<() => void>>();

  readonly every: Every = (ms, act) => {
    const acts = this.#rounds.get(ms) ?? new Set();
    this.#rounds.set(ms, acts.add(act));
    return () => acts.delete(act);
  };

  /** Everything that comes round every `ms`. */
  run(ms: number): void {
    for (const act of this.#rounds.get(ms) ?? []) act();
  }
}

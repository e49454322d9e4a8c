import { realScheduler, type Cancel, type Scheduler } from '@baton/runtime';

/** Short waits are real; what is a rule of the behaviour, of a second and more, passes when a test says so. */
export class HeldScheduler implements Scheduler {
  readonly #held = new Set<{ ms: number; run: () => void }>();

  after(ms: number, run: () => void): Cancel {
    if (ms < 1_000) return realScheduler.after(ms, run);
    const held = { ms, run };
    this.#held.add(held);
    return () => this.#held.delete(held);
  }

  /** The delays of the waiting timers, in milliseconds. */
  get waits(): number[] {
    return [...this.#held].map(({ ms }) => ms);
  }

  /** Everything that waits exactly so long comes due. */
  pass(ms: number): void {
    for (const held of [...this.#held].filter((it) => it.ms === ms)) {
      this.#held.delete(held);
      held.run();
    }
  }
}

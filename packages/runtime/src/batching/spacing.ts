import type { Scheduler } from '../ports/scheduler.ts';

/** From so much on, a batch is worth what it costs. */
const ENOUGH = 16;
/** What does not get done is no reason to keep the next waiting for long. Milliseconds. */
const LONGEST = 8;

export interface SpacingOptions<I> {
  /** How much an item adds to its batch. */
  weigh(item: I): number;
  scheduler: Scheduler;
  /** Monotonic milliseconds, from any start. */
  elapsed(): number;
}

/**
 * A batch has a price of its own, whatever is in it: where each leaves at once with the one or two items there are, most of
 * what a busy database does is pay that (ADR 0210). So small batches keep a distance of three times as long as the last one
 * took beyond what they take at best. With little to do none waits; the busier the database, the more leaves together.
 */
export class Spacing<I> {
  readonly #options: SpacingOptions<I>;
  #isKept = false;
  #lastTook = 0;
  /** Forgotten slowly: a database may be moved further away. */
  #atBest = Infinity;

  constructor(options: SpacingOptions<I>) {
    this.#options = options;
  }

  mayLeave(waiting: readonly { item: I }[]): boolean {
    if (!this.#isKept) return true;
    let weight = 0;
    return waiting.some(({ item }) => (weight += this.#options.weigh(item)) >= ENOUGH);
  }

  /** A batch leaves; `onDistance` is called when a small one may leave next. Gives what to call when it has ended well. */
  begin(onDistance: () => void): () => void {
    const { scheduler, elapsed } = this.#options;
    const began = elapsed();
    const distance = Math.min(LONGEST, 3 * (this.#lastTook - this.#atBest));
    if (distance > 0 && !this.#isKept) {
      this.#isKept = true;
      scheduler.after(distance, () => {
        this.#isKept = false;
        onDistance();
      });
    }
    return () => {
      this.#lastTook = elapsed() - began;
      this.#atBest = Math.min(this.#atBest * 1.001, this.#lastTook);
    };
  }
}

import type { Scheduler } from '../ports/scheduler.ts';

/** A batch of this weight is worth its fixed cost and leaves at once. */
const MIN_BATCH_WEIGHT = 16;
const MAX_DELAY_MS = 8;
/** Delay after a batch, in multiples of its time beyond the best time. */
const DELAY_FACTOR = 3;
/** Lets the best time grow slowly: the database may be moved further away. */
const BEST_DECAY = 1.001;

export interface CommitPacerOptions<I> {
  /** How much an item adds to the weight of its batch. */
  weigh(item: I): number;
  scheduler: Scheduler;
  /** Monotonic milliseconds, from any start. */
  elapsed(): number;
}

/**
 * Spaces small batches while the database is busy. A batch has a fixed cost, so a busy database would spend most of its
 * time on batches of one or two items (ADR 13). Without load there is no delay.
 */
export class CommitPacer<I> {
  readonly #options: CommitPacerOptions<I>;
  #isDelaying = false;
  #lastTookMs = 0;
  #bestMs = Infinity;

  constructor(options: CommitPacerOptions<I>) {
    this.#options = options;
  }

  canFlush(waiting: readonly { item: I }[]): boolean {
    if (!this.#isDelaying) return true;
    let weight = 0;
    return waiting.some(({ item }) => (weight += this.#options.weigh(item)) >= MIN_BATCH_WEIGHT);
  }

  /** Call when a batch leaves. `onReady` is called once a small batch may leave. Call the result if the batch succeeds. */
  startBatch(onReady: () => void): () => void {
    const { scheduler, elapsed } = this.#options;
    const startedAt = elapsed();
    const delayMs = Math.min(MAX_DELAY_MS, DELAY_FACTOR * (this.#lastTookMs - this.#bestMs));
    if (delayMs > 0 && !this.#isDelaying) {
      this.#isDelaying = true;
      scheduler.after(delayMs, () => {
        this.#isDelaying = false;
        onReady();
      });
    }
    return () => {
      this.#lastTookMs = elapsed() - startedAt;
      this.#bestMs = Math.min(this.#bestMs * BEST_DECAY, this.#lastTookMs);
    };
  }
}

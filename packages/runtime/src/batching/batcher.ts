import { StoreUnavailable } from '../ports/store.ts';
import type { CommitPacer } from './commit-pacer.ts';

export interface BatcherOptions<I, O> {
  /** Batches in progress at once. */
  parallel: number;
  /** Items per batch at most. */
  size: number;
  /** Gives one answer per item, in order. */
  run(items: I[]): Promise<O[]>;
  /** Spaces small batches. Without it a batch leaves as soon as `parallel` allows. */
  pacer?: CommitPacer<I>;
}

interface Waiting<I, O> {
  item: I;
  resolve(answer: O): void;
  reject(error: unknown): void;
}

/**
 * Group commit: a batch leaves whenever a connection is free, with the items gathered meanwhile. A batch that throws is
 * split until the failing item is alone, and only that item is rejected.
 */
export class Batcher<I, O> {
  readonly #options: BatcherOptions<I, O>;
  #queue: Waiting<I, O>[] = [];
  #running = 0;
  #isFlushDue = false;

  constructor(options: BatcherOptions<I, O>) {
    this.#options = options;
  }

  /** @throws StoreUnavailable, or the error that the item alone caused */
  submit(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#scheduleFlush();
    });
  }

  /** Waits for the end of the current tick, so that its items leave together. */
  #scheduleFlush(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    queueMicrotask(() => {
      this.#isFlushDue = false;
      while (this.#queue.length > 0 && this.#running < this.#options.parallel && this.#canFlush()) this.#flush();
    });
  }

  #canFlush(): boolean {
    const { pacer } = this.#options;
    return pacer === undefined || pacer.canFlush(this.#queue);
  }

  #flush(): void {
    const batch = this.#queue.splice(0, this.#options.size);
    this.#running += 1;
    void this.#runBatch(batch).finally(() => {
      this.#running -= 1;
      this.#scheduleFlush();
    });
  }

  async #runBatch(batch: Waiting<I, O>[]): Promise<void> {
    try {
      const succeeded = this.#options.pacer?.startBatch(() => this.#scheduleFlush());
      const answers = await this.#options.run(batch.map(({ item }) => item));
      // A failed batch says nothing about how long a batch takes.
      succeeded?.();
      if (answers.length !== batch.length) throw new Error(`${answers.length} answers to ${batch.length} items`);
      answers.forEach((answer, index) => batch[index]?.resolve(answer));
    } catch (error) {
      if (error instanceof StoreUnavailable || batch.length === 1) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.#runBatch(batch.slice(0, middle));
      await this.#runBatch(batch.slice(middle));
    }
  }
}

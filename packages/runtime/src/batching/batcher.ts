import type { Spacing } from './spacing.ts';
import { StoreUnavailable } from '../ports/store.ts';

export interface BatcherOptions<I, O> {
  /** Batches under way at once. */
  parallel: number;
  /** Items per batch at most. */
  size: number;
  /** One answer per item, in order. */
  run(items: I[]): Promise<O[]>;
  /** Keeps small batches apart. Left out, none waits while one may be under way. */
  spacing?: Spacing<I>;
}

interface Waiting<I, O> {
  item: I;
  resolve(answer: O): void;
  reject(error: unknown): void;
}

/**
 * Group commit: a batch leaves whenever a connection is free, with whatever has gathered meanwhile. If a batch throws it is
 * split until the guilty item stands alone, and only that one is rejected.
 */
export class Batcher<I, O> {
  readonly #options: BatcherOptions<I, O>;
  #queue: Waiting<I, O>[] = [];
  #running = 0;
  #isPumpDue = false;

  constructor(options: BatcherOptions<I, O>) {
    this.#options = options;
  }

  /** @throws StoreUnavailable, or what the item alone made the store throw */
  submit(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#schedulePump();
    });
  }

  /** After the current tick, so that what is submitted in it leaves together. */
  #schedulePump(): void {
    if (this.#isPumpDue) return;
    this.#isPumpDue = true;
    queueMicrotask(() => {
      this.#isPumpDue = false;
      while (this.#queue.length > 0 && this.#running < this.#options.parallel && this.#mayLeave()) this.#start();
    });
  }

  #mayLeave(): boolean {
    const { spacing } = this.#options;
    return spacing === undefined || spacing.mayLeave(this.#queue);
  }

  #start(): void {
    const batch = this.#queue.splice(0, this.#options.size);
    this.#running += 1;
    void this.#runBatch(batch).finally(() => {
      this.#running -= 1;
      this.#schedulePump();
    });
  }

  async #runBatch(batch: Waiting<I, O>[]): Promise<void> {
    try {
      const ended = this.#options.spacing?.begin(() => this.#schedulePump());
      const answers = await this.#options.run(batch.map(({ item }) => item));
      // What fails says nothing of how long it takes.
      ended?.();
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

/** Limits how many jobs run at once. */
export class JobSlots {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get free(): number {
    return Math.max(0, this.#limit - this.#running.size);
  }

  /** Takes a slot until the job ends; jobs must not reject. Resolves when the slot is free again. */
  run(job: Promise<void>): Promise<unknown> {
    const running = job.finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** Resolves when no job runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

import { Batcher } from '../batching/batcher.ts';
import { CommitPacer } from '../batching/commit-pacer.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import { type CommitItem, type Store, StoreUnavailable, type Verdict } from '../ports/store.ts';
import type { RuntimeLimits } from './limits.ts';

export interface CommitterPorts {
  store: Store;
  clock: DatabaseClock;
  scheduler: Scheduler;
  /** Told about each batch: whether the store takes commits now. */
  onCommit?: { worked(): void; failed(error: unknown): void };
  limits: RuntimeLimits;
}

/** Commits items of many conversations in batches. */
export class Committer {
  readonly #batches: Batcher<CommitItem, Verdict>;

  constructor({ store, clock, scheduler, limits, onCommit }: CommitterPorts) {
    this.#batches = new Batcher({
      parallel: limits.parallelCommits,
      size: limits.conversationsPerCommit,
      pacer: new CommitPacer({
        weigh: (item) => item.transitions.length,
        scheduler,
        elapsed: () => clock.elapsed(),
      }),
      async run(items) {
        const { verdicts, now } = await store.commit(items).catch((error: unknown) => {
          if (error instanceof StoreUnavailable) onCommit?.failed(error);
          throw error;
        });
        onCommit?.worked();
        clock.learn(now);
        return verdicts;
      },
    });
  }

  /**
   * An item of several commands that makes the store throw is `poisoned`: try its commands one by one. An item of a
   * single command is tried twice.
   * @throws StoreUnavailable, or the error of the second try, which quarantines the conversation
   */
  async commit(item: CommitItem, isDivisible: boolean): Promise<Verdict | { kind: 'poisoned' }> {
    try {
      return await this.#batches.submit(item);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      return isDivisible ? { kind: 'poisoned' } : this.#batches.submit(item);
    }
  }
}

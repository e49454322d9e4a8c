import type { Cancel, Scheduler } from '../ports/scheduler.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';

export interface PollOptions {
  name: string;
  scheduler: Scheduler;
  report: Report;
  intervalMs: number;
  /** Looks for work; true if there may be more now. Never runs twice at a time. */
  work(): Promise<boolean>;
}

/** Looks for work at an interval, and at once when nudged. */
export class Poll {
  readonly #options: PollOptions;
  #running: Promise<void> | null = null;
  #isNudged = false;
  #isStopped = true;
  #cancel: Cancel = () => {};

  constructor(options: PollOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
    this.nudge();
  }

  nudge(): void {
    this.#isNudged = true;
    if (this.#isStopped || this.#running) return;
    this.#cancel();
    this.#running = this.#run().then(() => {
      this.#running = null;
      if (this.#isStopped) return;
      if (this.#isNudged) this.nudge();
      else this.#cancel = this.#options.scheduler.after(this.#options.intervalMs, () => this.nudge());
    });
  }

  /** Resolves when the current look is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, work, report } = this.#options;
    while (this.#isNudged && !this.#isStopped) {
      this.#isNudged = false;
      try {
        if (await work()) this.#isNudged = true;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) report({ what: `${name} could not look for work`, error });
        this.#isNudged = false;
        return;
      }
    }
  }
}

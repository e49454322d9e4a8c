import type { Cancel, Scheduler } from '../scheduler.ts';
import { StoreUnavailable } from '../store.ts';
import type { Report } from '../trouble.ts';

/** Between two looks into a queue: what comes in it is claimed together, and a message is late by no more. */
export const REST_MS = 5;

export interface PollOptions {
  name: string;
  scheduler: Scheduler;
  report: Report;
  intervalMs: number;
  /** Least time from one look to the next: each costs the same, however little it finds. Default 0. */
  restMs?: number;
  /** One look for work; true if there may be more at once. Never runs twice at a time. */
  work(): Promise<boolean>;
}

/** Looks for work at an interval, and at once when nudged. */
export class Poll {
  readonly #options: PollOptions;
  #running: Promise<void> | null = null;
  #isNudged = false;
  #isStopped = true;
  #cancel: Cancel = () => {};
  #endRest = (): void => {};

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

  /** Resolves when the look under way is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    this.#endRest();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, work, report, restMs = 0 } = this.#options;
    while (this.#isNudged && !this.#isStopped) {
      this.#isNudged = false;
      try {
        if (await work()) this.#isNudged = true;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) report({ what: `${name} could not look for work`, error });
        this.#isNudged = false;
        return;
      }
      if (restMs > 0 && !this.#isStopped) await this.#rest(restMs);
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.scheduler.after(ms, resolve);
      this.#endRest = () => {
        cancel();
        resolve();
      };
    });
  }
}

import type { Ms } from '@baton/conversation';

/**
 * The database's time, estimated: a monotonic clock plus the offset that answers of the database teach (TIME-1). An
 * answer's time is at most the true one when it arrives, so the estimate is never ahead by more than the monotonic
 * clock drifts over `SAMPLES` answers, never behind what the database has said, and goes back only where the database has.
 */
export class DatabaseClock {
  readonly #monotonic: () => number;
  readonly #wall: () => number;
  readonly #offsets: number[] = [];
  #offset = -Infinity;
  #latest = 0;

  /** Both in milliseconds from any start, such as `performance.now` and `Date.now`. */
  constructor(monotonic: () => number, wall: () => number) {
    this.#monotonic = monotonic;
    this.#wall = wall;
  }

  /** Learns from an answer that said `now`, when it arrives. */
  learn(now: Ms): void {
    this.#offsets.push(now - this.#monotonic());
    if (this.#offsets.length > SAMPLES) this.#offsets.shift();
    this.#offset = Math.max(...this.#offsets);
  }

  /** Monotonic milliseconds, from any start. */
  elapsed(): number {
    return this.#monotonic();
  }

  /** @throws before the first `learn`: a time made up would be a wrong one */
  now(): Ms {
    if (this.#offset === -Infinity) throw new Error('the database has not said its time yet');
    const estimate = Math.floor(this.#monotonic() + this.#offset);
    if (estimate > this.#latest || estimate < this.#latest - SET_BACK) this.#latest = estimate;
    return this.#latest;
  }

  /**
   * Begins to watch for time that the monotonic clock does not show: it stands still while the machine is suspended. The
   * answer is what the wall clock shows beyond it since, never less than 0; a wall clock that was set may make it too much.
   */
  watchSleep(): () => Ms {
    const lead = (): number => this.#wall() - this.#monotonic();
    const before = lead();
    return () => Math.max(0, lead() - before);
  }
}

/** The tightest of so many answers counts; older ones are forgotten, so that drift and a corrected clock are followed. */
const SAMPLES = 32;

/** Milliseconds. By more than answers differ in haste: its clock was set back, and standing still until it has caught up would stop all. */
const SET_BACK = 1_000;

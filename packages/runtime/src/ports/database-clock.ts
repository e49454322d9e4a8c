import type { Ms } from '@baton/conversation';

/** The estimate uses the tightest of so many answers, so that it follows drift and a corrected clock. */
const SAMPLES = 32;

/** A larger step back than answers differ by means that the database's clock was set back: the estimate follows it. */
const SET_BACK_MS = 1_000;

/**
 * Estimates the database's time: a monotonic clock plus the offset learnt from database answers (TIME-1). An answer's
 * time is never ahead of the true time on arrival. So the estimate is ahead by at most the drift over `SAMPLES` answers,
 * never behind an answer, and steps back only when the database's clock does.
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

  /** Learns from an answer that said `now`. Call it when the answer arrives. */
  learn(now: Ms): void {
    this.#offsets.push(now - this.#monotonic());
    if (this.#offsets.length > SAMPLES) this.#offsets.shift();
    this.#offset = Math.max(...this.#offsets);
  }

  /** Monotonic milliseconds, from any start. */
  elapsed(): number {
    return this.#monotonic();
  }

  /** @throws before the first `learn` */
  now(): Ms {
    if (this.#offset === -Infinity) throw new Error('the database clock has not learnt the time yet');
    const estimate = Math.floor(this.#monotonic() + this.#offset);
    if (estimate > this.#latest || estimate < this.#latest - SET_BACK_MS) this.#latest = estimate;
    return this.#latest;
  }

  /**
   * Starts to watch for suspension of the machine, during which the monotonic clock stands still. The returned function
   * gives the milliseconds by which the wall clock has run ahead since, never below 0. Setting the wall clock forward
   * makes the figure too large.
   */
  watchSleep(): () => Ms {
    const lead = (): number => this.#wall() - this.#monotonic();
    const before = lead();
    return () => Math.max(0, lead() - before);
  }
}

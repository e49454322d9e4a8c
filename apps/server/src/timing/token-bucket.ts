interface Limit {
  burst: number;
  perSecond: number;
}

/** At most `burst` at once, and `perSecond` over time. `now` in milliseconds, from any start. */
export class TokenBucket {
  readonly #limit: Limit;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(limit: Limit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.burst;
    this.#filledAt = now();
  }

  /** Takes one token; false where none is left. */
  take(): boolean {
    const now = this.#now();
    const { burst, perSecond } = this.#limit;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Milliseconds since this process began; one function, for all buckets. */
export const uptime = (): number => performance.now();

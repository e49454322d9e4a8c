/** Time without input after which a person is idle. */
export const IDLE_AFTER_MS = 2 * 60_000;

export interface IdleWatchHost {
  /** Milliseconds since an arbitrary start. */
  now(): number;
  report(idle: boolean): void;
}

/** Detects an idle user: no input for a while, or a hidden tab. Reports changes only. */
export class IdleWatch {
  readonly #host: IdleWatchHost;
  #touchedAt: number;
  #hidden: boolean;
  #idle = false;

  constructor(host: IdleWatchHost, hidden: boolean) {
    this.#host = host;
    this.#hidden = hidden;
    this.#touchedAt = host.now();
    this.tick();
  }

  touched(): void {
    this.#touchedAt = this.#host.now();
    if (this.#idle) this.tick();
  }

  /** The tab was hidden or shown; showing it counts as input. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    if (!hidden) this.#touchedAt = this.#host.now();
    this.tick();
  }

  /** To be called every few seconds. */
  tick(): void {
    const idle = this.#hidden || this.#host.now() - this.#touchedAt >= IDLE_AFTER_MS;
    if (idle === this.#idle) return;
    this.#idle = idle;
    this.#host.report(idle);
  }
}

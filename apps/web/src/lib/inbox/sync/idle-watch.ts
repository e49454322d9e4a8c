/** So long without a key or a pointer, and a person is somewhere else. */
export const IDLE_AFTER_MS = 2 * 60_000;

export interface IdleWatchHost {
  /** Milliseconds, from any start. */
  now(): number;
  report(idle: boolean): void;
}

/** Is anybody there? Says so only when it changes. */
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

  /** A key, a pointer, a wheel. */
  touched(): void {
    this.#touchedAt = this.#host.now();
    if (this.#idle) this.tick();
  }

  /** The page went out of sight, or came back: whoever brings it back is there. */
  hide(hidden: boolean): void {
    this.#hidden = hidden;
    if (!hidden) this.#touchedAt = this.#host.now();
    this.tick();
  }

  /** To be called now and then. */
  tick(): void {
    const idle = this.#hidden || this.#host.now() - this.#touchedAt >= IDLE_AFTER_MS;
    if (idle === this.#idle) return;
    this.#idle = idle;
    this.#host.report(idle);
  }
}

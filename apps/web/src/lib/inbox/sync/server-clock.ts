/** How many of the last readings count: about a minute and a half. */
const READINGS = 9;

/**
 * The server's clock as seen from here. A reading is late by the time it travelled, never early, so the largest of the
 * last offsets is the nearest to the truth.
 */
export class ServerClock {
  readonly #localNow: () => number;
  #offsets: number[] = [];

  /** @param localNow milliseconds since 1970 on this machine */
  constructor(localNow: () => number) {
    this.#localNow = localNow;
  }

  /** @param serverNow milliseconds since 1970, as just received */
  read(serverNow: number): void {
    this.#offsets = [...this.#offsets, serverNow - this.#localNow()].slice(-READINGS);
  }

  /** The server has done something at that time, so it is not earlier there: what begins now must not be counted from before. */
  passed(serverTime: number): void {
    if (this.#offsets.length > 0 && serverTime > this.now()) this.read(serverTime);
  }

  /** Before a reading after a sleep or a new connection, old ones say nothing: a laptop's clock may have jumped. */
  forget(): void {
    this.#offsets = [];
  }

  /** Milliseconds since 1970 on the server's clock. */
  now(): number {
    return this.#localNow() + (this.#offsets.length === 0 ? 0 : Math.max(...this.#offsets));
  }
}

/** Readings of about the last 90 s. */
const READINGS = 9;

/**
 * The server's clock as seen from here. A reading is late by the time it travelled, never early, so the largest of the
 * last offsets is the nearest to the truth.
 */
export class ServerClock {
  readonly #localNow: () => number;
  #offsets: number[] = [];

  /** @param localNow ms since 1970 on this machine */
  constructor(localNow: () => number) {
    this.#localNow = localNow;
  }

  /** @param serverNow ms since 1970, as just received */
  read(serverNow: number): void {
    this.#offsets = [...this.#offsets, serverNow - this.#localNow()].slice(-READINGS);
  }

  /** The server acted at this time, so its clock cannot be behind it. */
  passed(serverTime: number): void {
    if (this.#offsets.length > 0 && serverTime > this.now()) this.read(serverTime);
  }

  /** Drops old readings after a sleep or a lost connection: the local clock may have jumped. */
  forget(): void {
    this.#offsets = [];
  }

  /** Server time in ms since 1970. */
  now(): number {
    return this.#localNow() + (this.#offsets.length === 0 ? 0 : Math.max(...this.#offsets));
  }
}

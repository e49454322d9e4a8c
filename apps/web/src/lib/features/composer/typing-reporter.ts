/** HOLD-4: a lease lasts 8 s; heartbeats renew it at most every 3 s, and only after recent input. */
export const HEARTBEAT_MS = 3_000;
const LEASE_MS = 8_000;
export const TOUCHED_WITHIN_MS = 30_000;

export interface TypingPorts {
  report(typing: boolean, note: boolean): void;
  /** Milliseconds since an arbitrary start. */
  now(): number;
}

/**
 * Turns a composer's input into typing events: the first keystroke immediately, heartbeats from `tick()`, and a stop
 * when the text is emptied, becomes a note, is sent or left. Reads no clock and starts no timer of its own.
 */
export class TypingReporter {
  readonly #ports: TypingPorts;
  #note = false;
  #empty = true;
  #focused = false;
  #touchedAt = Number.NEGATIVE_INFINITY;
  /** When the lease was last started or renewed; null without a lease. */
  #reportedAt: number | null = null;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  /** The text changed by a keystroke, a paste or a deletion. */
  touched(text: string): void {
    this.#touchedAt = this.#ports.now();
    this.#focused = true;
    this.#empty = text.trim() === '';
    if (this.#empty) this.stop();
    else this.#beat();
  }

  /** Switching to a note ends the lease immediately; the next keystroke reports the note. */
  setNote(note: boolean): void {
    if (note === this.#note) return;
    this.stop();
    this.#note = note;
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
  }

  /** Called about once a second. */
  tick(): void {
    if (this.#reportedAt === null || this.#empty || !this.#focused) return;
    if (this.#ports.now() - this.#touchedAt >= TOUCHED_WITHIN_MS) return;
    this.#beat();
  }

  /** Called when the text is emptied, sent or left. */
  stop(): void {
    if (this.#isAlive()) this.#ports.report(false, this.#note);
    this.#reportedAt = null;
    this.#empty = true;
  }

  /** The lease has ended on the server, with the connection or by sending. */
  forget(): void {
    this.#reportedAt = null;
  }

  /** Reports typing again on a new connection. */
  resume(): void {
    this.forget();
    if (this.#empty || !this.#focused || this.#ports.now() - this.#touchedAt >= TOUCHED_WITHIN_MS) return;
    this.#beat();
  }

  #beat(): void {
    const now = this.#ports.now();
    if (this.#reportedAt !== null && now - this.#reportedAt < HEARTBEAT_MS) return;
    this.#reportedAt = now;
    this.#ports.report(true, this.#note);
  }

  #isAlive(): boolean {
    return this.#reportedAt !== null && this.#ports.now() - this.#reportedAt < LEASE_MS;
  }
}

/** HOLD-4: a lease lives 8 s; heartbeats renew it at most every 3 s, and only while someone is really there. */
export const HEARTBEAT_MS = 3_000;
const LEASE_MS = 8_000;
export const TOUCHED_WITHIN_MS = 30_000;

export interface TypingPorts {
  /** Tells the server. */
  report(typing: boolean, note: boolean): void;
  /** Milliseconds, from any start. */
  now(): number;
}

/**
 * Turns what happens in a composer into typing events: the first keystroke at once, heartbeats from `tick()`, and a stop
 * when it is emptied, becomes a note, is sent or left. Reads no clock and starts no timer of its own.
 */
export class TypingReporter {
  readonly #ports: TypingPorts;
  #note = false;
  #empty = true;
  #focused = false;
  #touchedAt = Number.NEGATIVE_INFINITY;
  /** When the lease was last started or renewed; null when there is none to renew. */
  #reportedAt: number | null = null;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  /** A keystroke, a paste, a deletion: the person changed the text. */
  touched(text: string): void {
    this.#touchedAt = this.#ports.now();
    this.#focused = true;
    this.#empty = text.trim() === '';
    if (this.#empty) this.stop();
    else this.#beat();
  }

  /** Switching to a note ends the lease at once; the next keystroke tells the team of the note. */
  setNote(note: boolean): void {
    if (note === this.#note) return;
    this.stop();
    this.#note = note;
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
  }

  /** Called often, every second or so. */
  tick(): void {
    if (this.#reportedAt === null || this.#empty || !this.#focused) return;
    if (this.#ports.now() - this.#touchedAt >= TOUCHED_WITHIN_MS) return;
    this.#beat();
  }

  /** Emptied, sent or left. */
  stop(): void {
    if (this.#isAlive()) this.#ports.report(false, this.#note);
    this.#reportedAt = null;
    this.#empty = true;
  }

  /** The lease ended on the server: with the connection, or because the message was sent. */
  forget(): void {
    this.#reportedAt = null;
  }

  /** A new connection: whoever is in the middle of writing says so again. */
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

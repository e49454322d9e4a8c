/** Often enough that the server, which forgets a writer after 8 s, does not forget this one. */
const BEAT_MS = 3_000;
/** Without a keystroke for this long, nobody is writing. */
const PAUSE_MS = 5_000;

export interface TypingPorts {
  /** Tells the server. */
  report(typing: boolean): void;
  /** Milliseconds, from any start. */
  now(): number;
  /** Calls back once. @returns what calls it off */
  after(ms: number, act: () => void): () => void;
}

/** Tells that the customer writes: from the first keystroke until they pause, empty the field or send. */
export class CustomerTyping {
  readonly #ports: TypingPorts;
  #reportedAt: number | null = null;
  #callOff: (() => void) | null = null;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  touched(text: string): void {
    if (text.trim() === '') {
      this.stop();
      return;
    }
    this.#callOff?.();
    this.#callOff = this.#ports.after(PAUSE_MS, () => this.stop());
    const now = this.#ports.now();
    if (this.#reportedAt !== null && now - this.#reportedAt < BEAT_MS) return;
    this.#reportedAt = now;
    this.#ports.report(true);
  }

  /** The server knows already, because the message was sent or the connection is gone. */
  forget(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#reportedAt = null;
  }

  stop(): void {
    const reported = this.#reportedAt !== null;
    this.forget();
    if (reported) this.#ports.report(false);
  }
}

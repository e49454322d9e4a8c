/** The server ends a typing lease after 8 s. */
const BEAT_MS = 3_000;
/** The customer stops typing after this time without a keystroke. */
const PAUSE_MS = 5_000;

export interface TypingPorts {
  /** Tells the server. */
  report(typing: boolean): void;
  /** Milliseconds, from any start. */
  now(): number;
  /** Calls back once. @returns cancels it */
  after(ms: number, run: () => void): () => void;
}

/** Reports typing from the first keystroke until the customer pauses, empties the field or sends. */
export class CustomerTyping {
  readonly #ports: TypingPorts;
  #reportedAt: number | null = null;
  #cancel: (() => void) | null = null;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
  }

  touched(text: string): void {
    if (text.trim() === '') {
      this.stop();
      return;
    }
    this.#cancel?.();
    this.#cancel = this.#ports.after(PAUSE_MS, () => this.stop());
    const now = this.#ports.now();
    if (this.#reportedAt !== null && now - this.#reportedAt < BEAT_MS) return;
    this.#reportedAt = now;
    this.#ports.report(true);
  }

  /** Ends without a report: the server knows, because the message was sent or the connection is gone. */
  forget(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#reportedAt = null;
  }

  stop(): void {
    const reported = this.#reportedAt !== null;
    this.forget();
    if (reported) this.#ports.report(false);
  }
}

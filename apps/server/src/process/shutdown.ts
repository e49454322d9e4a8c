/** What is not finished by then is taken up by the next start: everything that was acknowledged is stored. */
const LONGEST_STOP_MS = 9_000;

/** Things to be ended, the last begun first. */
export class Endings {
  readonly #endings: { name: string; end: () => Promise<void> }[] = [];
  readonly #onError: (error: unknown, name: string) => void;

  constructor(onError: (error: unknown, name: string) => void) {
    this.#onError = onError;
  }

  add(name: string, end: () => Promise<void>): void {
    this.#endings.push({ name, end });
  }

  /** Ends all, also when one of them fails. */
  async run(): Promise<void> {
    for (let ending = this.#endings.pop(); ending; ending = this.#endings.pop()) {
      try {
        await ending.end();
      } catch (error) {
        this.#onError(error, ending.name);
      }
    }
  }
}

/** Ends the process by itself should its end take too long. */
export function exitAtTheLatest(onLate: () => void): void {
  setTimeout(() => {
    onLate();
    process.exit(0);
  }, LONGEST_STOP_MS).unref();
}

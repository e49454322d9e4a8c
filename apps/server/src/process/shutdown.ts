/** The next start continues unfinished work, because everything acknowledged is stored. */
export const MAX_SHUTDOWN_MS = 9_000;

/** Functions that run at shutdown, last added first. */
export class ShutdownHooks {
  readonly #hooks: { name: string; run: () => Promise<void> }[] = [];
  readonly #onError: (error: unknown, name: string) => void;

  constructor(onError: (error: unknown, name: string) => void) {
    this.#onError = onError;
  }

  add(name: string, run: () => Promise<void>): void {
    this.#hooks.push({ name, run });
  }

  /** Runs all hooks, also after one of them failed. */
  async run(): Promise<void> {
    for (let hook = this.#hooks.pop(); hook; hook = this.#hooks.pop()) {
      try {
        await hook.run();
      } catch (error) {
        this.#onError(error, hook.name);
      }
    }
  }
}

/** Exits the process if the shutdown takes too long. */
export function forceExitAfter(ms: number, onLate: () => void): void {
  setTimeout(() => {
    onLate();
    process.exit(0);
  }, ms).unref();
}

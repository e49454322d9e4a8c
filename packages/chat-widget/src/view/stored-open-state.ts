/** Remembers for this tab whether the panel is open, from page to page. */
export class StoredOpenState {
  readonly #key: string;

  constructor(storagePrefix: string) {
    this.#key = `${storagePrefix}open`;
  }

  get isOpen(): boolean {
    try {
      return sessionStorage.getItem(this.#key) !== null;
    } catch {
      return false;
    }
  }

  set isOpen(isOpen: boolean) {
    try {
      if (isOpen) sessionStorage.setItem(this.#key, '1');
      else sessionStorage.removeItem(this.#key);
    } catch {
      // Without storage the panel is closed on each new page.
    }
  }
}

/** Whether the panel is open in this tab, from page to page. */
export class OpenMark {
  readonly #key: string;

  constructor(place: string) {
    this.#key = `${place}open`;
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
      // Without storage it begins closed on each page.
    }
  }
}

/** A row of a list: made anew only when what it shows has changed, so that focus and selections elsewhere stay. */
export interface KeyedRow {
  key: string;
  /** Equal for rows that look the same. */
  shows: string;
  make(): HTMLElement;
}

/** Keeps the children of `parent` in step with rows, touching only those that differ. */
export class KeyedRows {
  readonly #parent: HTMLElement;
  #made = new Map<string, { shows: string; element: HTMLElement }>();

  constructor(parent: HTMLElement) {
    this.#parent = parent;
  }

  show(rows: readonly KeyedRow[]): void {
    const made = new Map<string, { shows: string; element: HTMLElement }>();
    for (const row of rows) {
      const before = this.#made.get(row.key);
      made.set(row.key, before?.shows === row.shows ? before : { shows: row.shows, element: row.make() });
    }
    for (const [key, { element }] of this.#made) if (made.get(key)?.element !== element) element.remove();
    let next = this.#parent.firstChild;
    for (const { element } of made.values()) {
      if (element === next) next = next.nextSibling;
      else this.#parent.insertBefore(element, next);
    }
    this.#made = made;
  }
}

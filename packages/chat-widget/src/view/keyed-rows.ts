/** A row of a list. It is rebuilt only when its content changes, so that focus and selection elsewhere stay. */
export interface KeyedRow {
  key: string;
  /** Equal for rows with the same content. */
  shows: string;
  make(): HTMLElement;
}

/** Updates the children of `parent`, touching only the rows that differ. */
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

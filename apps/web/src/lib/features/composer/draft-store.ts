export interface Draft {
  text: string;
  note: boolean;
}

const EMPTY: Draft = { text: '', note: false };

/** Unsent texts by conversation, for the life of the tab. Unavailable storage is no error. */
export class DraftStore {
  readonly #storage: Storage;
  readonly #prefix: string;

  constructor(storage: Storage, owner: string) {
    this.#storage = storage;
    this.#prefix = `baton:draft:${owner}:`;
  }

  read(conversationId: string): Draft {
    try {
      const stored: unknown = JSON.parse(this.#storage.getItem(this.#prefix + conversationId) ?? 'null');
      return isDraft(stored) ? stored : EMPTY;
    } catch {
      return EMPTY;
    }
  }

  write(conversationId: string, draft: Draft): void {
    try {
      if (draft.text === '') this.#storage.removeItem(this.#prefix + conversationId);
      else this.#storage.setItem(this.#prefix + conversationId, JSON.stringify(draft));
    } catch {
      // The text is still in the composer.
    }
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  return 'text' in value && typeof value.text === 'string' && 'note' in value && typeof value.note === 'boolean';
}

import type { Outgoing } from './chat-view.ts';

/** What a customer's browser remembers of one chat: the token, and what has not been sent yet. */
export class VisitorStore {
  readonly #storage: Storage;
  readonly #key: string;

  constructor(storage: Storage, channelId: string) {
    this.#storage = storage;
    this.#key = `baton:chat:${channelId}`;
  }

  get token(): string | null {
    return this.#read('token');
  }

  set token(token: string | null) {
    this.#write('token', token);
  }

  get outgoing(): Outgoing[] {
    try {
      const stored: unknown = JSON.parse(this.#read('outgoing') ?? '[]');
      return Array.isArray(stored) ? stored.filter(isOutgoing) : [];
    } catch {
      return [];
    }
  }

  set outgoing(outgoing: readonly Outgoing[]) {
    this.#write('outgoing', outgoing.length === 0 ? null : JSON.stringify(outgoing));
  }

  #read(name: string): string | null {
    try {
      return this.#storage.getItem(`${this.#key}:${name}`);
    } catch {
      return null;
    }
  }

  #write(name: string, value: string | null): void {
    try {
      if (value === null) this.#storage.removeItem(`${this.#key}:${name}`);
      else this.#storage.setItem(`${this.#key}:${name}`, value);
    } catch {
      // Without storage the chat works as long as the page is open.
    }
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const { clientMessageId, text, refused } = value as Partial<Record<keyof Outgoing, unknown>>;
  return typeof clientMessageId === 'string' && typeof text === 'string' && typeof refused === 'boolean';
}

import type { Outgoing } from '../core/chat.ts';
import type { VisitorMemory } from '../core/ports.ts';

/**
 * `localStorage` with one key per value, so that tabs do not overwrite each other's queues. Without storage (forbidden or
 * full) the chat works while the page is open.
 */
export class BrowserMemory implements VisitorMemory {
  readonly #storage: Storage | null;
  /** Begins each key of this chat. */
  readonly prefix: string;
  /** Holds values that storage did not accept. */
  readonly #fallback = new Map<string, string>();

  constructor(storage: Storage | null, server: string, channelId: string) {
    this.#storage = storage;
    this.prefix = `baton:${server}:${channelId}:`;
  }

  get token(): string | null {
    return this.#read('token');
  }
  set token(token: string | null) {
    this.#write('token', token);
  }

  get name(): string {
    return this.#read('name') ?? '';
  }
  set name(name: string) {
    this.#write('name', name === '' ? null : name);
  }

  get seenSeq(): number {
    const seq = Number(this.#read('seen'));
    return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
  }
  set seenSeq(seq: number) {
    this.#write('seen', seq === 0 ? null : String(seq));
  }

  outgoing(): Outgoing[] {
    return this.#names()
      .filter((name) => name.startsWith('out:'))
      .map((name) => outgoingIn(name.slice('out:'.length), this.#read(name)))
      .filter((message) => message !== null)
      .toSorted((a, b) => a.writtenAt - b.writtenAt);
  }

  keep({ clientMessageId, ...message }: Outgoing): void {
    this.#write(`out:${clientMessageId}`, JSON.stringify(message));
  }

  forget(clientMessageId: string): void {
    this.#write(`out:${clientMessageId}`, null);
  }

  #names(): string[] {
    try {
      const keys = Array.from({ length: this.#storage?.length ?? 0 }, (_, index) => this.#storage?.key(index) ?? '');
      return keys.filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
    } catch {
      return [];
    }
  }

  #read(name: string): string | null {
    try {
      return this.#fallback.get(name) ?? this.#storage?.getItem(this.prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  #write(name: string, value: string | null): void {
    this.#fallback.delete(name);
    try {
      if (value === null) this.#storage?.removeItem(this.prefix + name);
      else if (this.#storage) this.#storage.setItem(this.prefix + name, value);
      else this.#fallback.set(name, value);
    } catch {
      if (value !== null) this.#fallback.set(name, value);
    }
  }
}

/** The page's storage; null where the browser forbids it. */
export function pageStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

function outgoingIn(clientMessageId: string, stored: string | null): Outgoing | null {
  try {
    const value: unknown = JSON.parse(stored ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { text, writtenAt, refused } = value as Partial<Record<keyof Outgoing, unknown>>;
    if (typeof text !== 'string' || typeof writtenAt !== 'number' || typeof refused !== 'boolean') return null;
    return { clientMessageId, text, writtenAt, refused };
  } catch {
    return null;
  }
}

import type { Actor } from './commit-item.ts';
import type { Command, Outcome } from '../decide/commands.ts';
import type { ConversationKey } from '../ports/store.ts';

export interface Letter {
  command: Command;
  answer(outcome: Outcome): void;
}

/** One conversation in memory: what is asked of it, in order, and its actor while that is cached. */
export interface Mailbox {
  key: ConversationKey;
  letters: Letter[];
  actor: Actor | null;
  isBusy: boolean;
}

/** The mailboxes of this node. Idle ones beyond the limit are forgotten, the longest unused first. */
export class Mailboxes {
  readonly #boxes = new Map<string, Mailbox>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#boxes.size;
  }

  /** The mailbox of a conversation, made if need be; it is now the latest used. */
  open(key: ConversationKey): Mailbox {
    const name = nameOf(key);
    const box = this.#boxes.get(name) ?? { key, letters: [], actor: null, isBusy: false };
    this.#boxes.delete(name);
    this.#boxes.set(name, box);
    if (this.#boxes.size > this.#limit) this.#evict(box);
    return box;
  }

  peek(key: ConversationKey): Mailbox | undefined {
    return this.#boxes.get(nameOf(key));
  }

  forget({ key }: Mailbox): void {
    this.#boxes.delete(nameOf(key));
  }

  #evict(opened: Mailbox): void {
    for (const [name, box] of this.#boxes) {
      if (this.#boxes.size <= this.#limit) return;
      const isIdle = !box.isBusy && box.letters.length === 0;
      if (isIdle && box !== opened) this.#boxes.delete(name);
    }
  }
}

function nameOf({ workspaceId, conversationId }: ConversationKey): string {
  return `${workspaceId} ${conversationId}`;
}

import type { Snapshot } from '@baton/conversation';
import type { Command, Outcome } from '../decide/commands.ts';
import type { ConversationKey, StoredConversation } from '../ports/store.ts';

export interface QueuedCommand {
  command: Command;
  answer(outcome: Outcome): void;
}

/** A conversation in memory: the stored columns, and its validated snapshot. */
export interface Actor {
  stored: StoredConversation;
  snapshot: Snapshot;
}

/** The queue of one conversation's commands, and its actor while that is cached. */
export interface Mailbox {
  key: ConversationKey;
  commands: QueuedCommand[];
  actor: Actor | null;
  isBusy: boolean;
}

/** This node's mailboxes. Beyond the limit, the least recently used idle ones are dropped. */
export class Mailboxes {
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#mailboxes.size;
  }

  /** Finds or creates the mailbox, and makes it the most recently used. */
  open(key: ConversationKey): Mailbox {
    const name = nameOf(key);
    const mailbox = this.#mailboxes.get(name) ?? { key, commands: [], actor: null, isBusy: false };
    this.#mailboxes.delete(name);
    this.#mailboxes.set(name, mailbox);
    if (this.#mailboxes.size > this.#limit) this.#evict(mailbox);
    return mailbox;
  }

  find(key: ConversationKey): Mailbox | undefined {
    return this.#mailboxes.get(nameOf(key));
  }

  forget({ key }: Mailbox): void {
    this.#mailboxes.delete(nameOf(key));
  }

  #evict(opened: Mailbox): void {
    for (const [name, mailbox] of this.#mailboxes) {
      if (this.#mailboxes.size <= this.#limit) return;
      const isIdle = !mailbox.isBusy && mailbox.commands.length === 0;
      if (isIdle && mailbox !== opened) this.#mailboxes.delete(name);
    }
  }
}

function nameOf({ workspaceId, conversationId }: ConversationKey): string {
  return `${workspaceId} ${conversationId}`;
}

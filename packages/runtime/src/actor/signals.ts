import type { Ms } from '@baton/conversation';
import type { ConversationKey } from '../ports/store.ts';

/** What commits of this node mean for its workers. Hints only: without them work is found by polling. */
export interface Listener {
  /** The ground of this generation is gone: abort it (TURN-3). */
  abortReply?(key: ConversationKey, turn: number): void;
  /** A commit of this node took that ground away: other nodes may be told. */
  replyInvalidated?(key: ConversationKey, turn: number): void;
  /** A generation waits for a worker. */
  replyDue?(): void;
  /** A message waits for its channel. */
  sendDue?(): void;
  /** A conversation has a deadline then. */
  wakeDue?(at: Ms): void;
  /** The outcome of a send became known. */
  marked?(key: ConversationKey): void;
}

/** Within one node: from its commits to its workers. */
export class Signals implements Required<Listener> {
  readonly #listeners = new Set<Listener>();

  /** Gives a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  abortReply(key: ConversationKey, turn: number): void {
    for (const listener of this.#listeners) listener.abortReply?.(key, turn);
  }

  /** Of this node's own commits: `abortReply`, and word of it. */
  replyInvalidated(key: ConversationKey, turn: number): void {
    this.abortReply(key, turn);
    for (const listener of this.#listeners) listener.replyInvalidated?.(key, turn);
  }

  replyDue(): void {
    for (const listener of this.#listeners) listener.replyDue?.();
  }

  sendDue(): void {
    for (const listener of this.#listeners) listener.sendDue?.();
  }

  wakeDue(at: Ms): void {
    for (const listener of this.#listeners) listener.wakeDue?.(at);
  }

  marked(key: ConversationKey): void {
    for (const listener of this.#listeners) listener.marked?.(key);
  }
}

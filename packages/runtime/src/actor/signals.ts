import type { Ms } from '@baton/conversation';
import type { ConversationKey } from '../ports/store.ts';

/** Hints to this node's workers and to other nodes. Without them, polling finds the same work later. */
export interface SignalListener {
  /** Stop generating this reply: its turn is over (TURN-3). */
  abortReply?(key: ConversationKey, turn: number): void;
  /** A commit of this node ended that turn, and other nodes may be told. */
  replyInvalidated?(key: ConversationKey, turn: number): void;
  /** A generation is ready for a worker. */
  replyDue?(): void;
  /** A message is ready for its channel. */
  sendDue?(): void;
  /** A conversation has a deadline at `at`. */
  wakeDue?(at: Ms): void;
  /** A message's delivery changed. */
  deliveryMarked?(key: ConversationKey): void;
}

/** Passes signals from this node's commits to its workers. */
export class Signals implements Required<SignalListener> {
  readonly #listeners = new Set<SignalListener>();

  /** Returns a function that ends the subscription. */
  subscribe(listener: SignalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  abortReply(key: ConversationKey, turn: number): void {
    for (const listener of this.#listeners) listener.abortReply?.(key, turn);
  }

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

  deliveryMarked(key: ConversationKey): void {
    for (const listener of this.#listeners) listener.deliveryMarked?.(key);
  }
}

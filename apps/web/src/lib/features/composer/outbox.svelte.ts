import type { Message } from '@baton/protocol';
import type { Answer, Rejected } from '@baton/client';
import { isAway } from '../../api/until-reachable.ts';

/** A message that has left the field. Every attempt to send it uses the same id (SEND-6). */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  note: boolean;
  /** Its writer has seen replies by others up to this `seq` (SEND-7); null before the thread was loaded. */
  reviewedSeq: number | null;
}

/**
 * - `held`: sent by its writer, and still to be undone: a lease, not yet a message (SEND-8)
 * - `waiting`: to be sent as soon as the inbox has caught up, or the message before it is out
 * - `sending`: on its way to the server
 */
export type Stage = 'held' | 'waiting' | 'sending';

export interface OutboxPorts {
  /** Milliseconds since an arbitrary start. */
  now(): number;
  /** The view is up to date: only then may a message be sent (SEE-3). */
  mayGo(): boolean;
  /** Whether a reply by others came since it was written. */
  crossed(item: Outgoing): boolean;
  send(item: Outgoing): Promise<Answer<Message>>;
  sent(): void;
  /** Items that were not sent, with the server's rejection if there was one. */
  returned(items: readonly Outgoing[], refused: Rejected | null): void;
}

const RETRY_MS = 1_000;

/** Sends messages one after the other. The last one can be held for *Undo*. */
export class Outbox {
  items = $state.raw<readonly Outgoing[]>([]);
  /** Whole seconds left to undo the last one; 0 when it is not held. */
  seconds = $state(0);
  #heldUntil: number | null = null;
  #sending = $state(false);
  readonly #ports: OutboxPorts;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** The message that can be undone. */
  get held(): Outgoing | null {
    return this.seconds > 0 ? (this.items.at(-1) ?? null) : null;
  }

  stageOf(item: Outgoing): Stage {
    if (item === this.held) return 'held';
    return this.#sending && item === this.items[0] ? 'sending' : 'waiting';
  }

  /** @param undoMs how long it is held; a message held before is released now */
  put(item: Outgoing, undoMs: number): void {
    this.release();
    this.items = [...this.items, item];
    this.#hold(undoMs > 0 ? this.#ports.now() + undoMs : null);
    this.pump();
  }

  /** Sends the held message now. */
  release(): void {
    this.#hold(null);
    this.pump();
  }

  tick(): void {
    const { held } = this;
    if (held === null) return;
    if (this.#ports.crossed(held)) this.#ports.returned(this.undoSend(), null);
    else {
      this.#hold(this.#heldUntil);
      if (this.seconds === 0) this.release();
    }
  }

  /** Removes and returns every message that is not being sent. */
  undoSend(): readonly Outgoing[] {
    const back = this.items.slice(this.#sending ? 1 : 0);
    this.items = this.items.slice(0, this.items.length - back.length);
    this.#hold(null);
    return back;
  }

  /** Sends the next message if it may go now. */
  pump(): void {
    const [item] = this.items;
    if (item === undefined || this.#sending || item === this.held || !this.#ports.mayGo()) return;
    if (this.#ports.crossed(item)) this.#return(item, null);
    else void this.#deliver(item);
  }

  async #deliver(item: Outgoing): Promise<void> {
    this.#sending = true;
    const answer = await this.#ports.send(item);
    if (!answer.ok && isAway(answer)) {
      // The server or its database is away: retries with the same id.
      setTimeout(() => void this.#deliver(item), answer.retryAfterMs ?? RETRY_MS);
      return;
    }
    this.#sending = false;
    if (!answer.ok) return this.#return(item, answer);
    this.items = this.items.slice(1);
    this.#ports.sent();
    this.pump();
  }

  /** Returns the later replies too, which had not seen the new message either; notes depend on nothing. */
  #return(item: Outgoing, refused: Rejected | null): void {
    const back = this.items.filter((other) => other === item || !other.note);
    this.items = this.items.filter((other) => !back.includes(other));
    this.#hold(null);
    this.#ports.returned(back, refused);
    this.pump();
  }

  #hold(until: number | null): void {
    this.#heldUntil = until;
    this.seconds = until === null ? 0 : Math.max(0, Math.ceil((until - this.#ports.now()) / 1_000));
  }
}

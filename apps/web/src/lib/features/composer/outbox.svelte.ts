import type { Message } from '@baton/protocol';
import { isAway } from '../../api/request.ts';
import type { Answer, Refused } from '../../api/request.ts';

/** What has left the field. It goes out under one id, however often it has to be tried (SEND-6). */
export interface Outgoing {
  clientMessageId: string;
  text: string;
  note: boolean;
  /** Replies by others up to here have been seen by the person who wrote it (SEND-7); null where none could be. */
  reviewedSeq: number | null;
}

/**
 * - `held`: sent by its writer, and still to be undone: a lease, not yet a message (SEND-8)
 * - `waiting`: to be sent as soon as the inbox has caught up, or the message before it is out
 * - `sending`: on its way to the server
 */
export type Stage = 'held' | 'waiting' | 'sending';

export interface OutboxPorts {
  /** Milliseconds, from any start. */
  now(): number;
  /** What is shown is what the server has: the only time to send (SEE-3). */
  mayGo(): boolean;
  /** A reply by others came since it was written. */
  crossed(item: Outgoing): boolean;
  send(item: Outgoing): Promise<Answer<Message>>;
  sent(): void;
  /** Not sent, and to be written on; with why, where the server refused. */
  returned(items: readonly Outgoing[], refused: Refused | null): void;
}

const RETRY_MS = 1_000;

/** Messages on their way out, one after the other; the last can be held for its writer to take back. */
export class Outbox {
  items = $state.raw<readonly Outgoing[]>([]);
  /** Whole seconds in which the last one can still be taken back; 0 when it is not held. */
  seconds = $state(0);
  #heldUntil: number | null = null;
  #sending = $state(false);
  readonly #ports: OutboxPorts;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** The one that can be undone. */
  get held(): Outgoing | null {
    return this.seconds > 0 ? (this.items.at(-1) ?? null) : null;
  }

  stageOf(item: Outgoing): Stage {
    if (item === this.held) return 'held';
    return this.#sending && item === this.items[0] ? 'sending' : 'waiting';
  }

  /** @param undoMs for how long it is held; whatever was held before goes out now */
  put(item: Outgoing, undoMs: number): void {
    this.release();
    this.items = [...this.items, item];
    this.#hold(undoMs > 0 ? this.#ports.now() + undoMs : null);
    this.pump();
  }

  /** No more undoing. */
  release(): void {
    this.#hold(null);
    this.pump();
  }

  /** Called twice a second. */
  tick(): void {
    const { held } = this;
    if (held === null) return;
    if (this.#ports.crossed(held)) this.#ports.returned(this.takeBack(), null);
    else {
      this.#hold(this.#heldUntil);
      if (this.seconds === 0) this.release();
    }
  }

  /** Everything that is not on its way yet. */
  takeBack(): readonly Outgoing[] {
    const back = this.items.slice(this.#sending ? 1 : 0);
    this.items = this.items.slice(0, this.items.length - back.length);
    this.#hold(null);
    return back;
  }

  /** Called whenever something may go. */
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
      // The server or its database is away: it goes out with the same id once it is back.
      setTimeout(() => void this.#deliver(item), answer.retryAfterMs ?? RETRY_MS);
      return;
    }
    this.#sending = false;
    if (!answer.ok) return this.#return(item, answer);
    this.items = this.items.slice(1);
    this.#ports.sent();
    this.pump();
  }

  /** With the replies after it, which were written in the same belief; notes depend on nothing. */
  #return(item: Outgoing, refused: Refused | null): void {
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

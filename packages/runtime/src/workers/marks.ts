import type { Message } from '@baton/protocol';
import { Batcher } from '../batching/batcher.ts';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import type { Publisher } from '../ports/publisher.ts';
import { pause, type Scheduler } from '../ports/scheduler.ts';
import type { Signals } from '../actor/signals.ts';
import { type ConversationKey, type DeliveryMark, type Store, StoreUnavailable } from '../ports/store.ts';

export interface MarksPorts {
  store: Store;
  runtime: ConversationRuntime;
  publisher: Publisher;
  scheduler: Scheduler;
  signals: Signals;
}

/** While the database is away a mark is tried again for about the time after which it is uncertain anyway. */
const TRIES = 25;
const AWAY_MS = 1_000;

/** Delivery marks, written in batches and told to whoever looks. */
export class Marks {
  readonly #ports: MarksPorts;
  readonly #batcher: Batcher<DeliveryMark, Message | null>;

  constructor(ports: MarksPorts) {
    this.#ports = ports;
    this.#batcher = new Batcher({ parallel: 1, size: 128, run: (marks) => ports.store.markDeliveries(marks) });
  }

  /** Gives the message as it now is, or null if the mark changed nothing. @throws StoreUnavailable */
  async mark(mark: DeliveryMark): Promise<Message | null> {
    const message = await this.#write(mark);
    if (message) this.tell(mark.key, message);
    this.#ports.signals.marked(mark.key);
    return message;
  }

  /** Tells of a message whose delivery has changed. */
  tell(key: ConversationKey, message: Message): void {
    this.#ports.runtime.delivered(key, [message]);
    this.#ports.publisher.delivered(key, [message]);
  }

  async #write(mark: DeliveryMark): Promise<Message | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#batcher.submit(mark);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || tries >= TRIES) throw error;
        await pause(this.#ports.scheduler, AWAY_MS);
      }
    }
  }
}

import type { Message } from '@baton/protocol';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import type { Signals } from '../actor/signals.ts';
import { Batcher } from '../batching/batcher.ts';
import type { Publisher } from '../ports/publisher.ts';
import { pause, type Scheduler } from '../ports/scheduler.ts';
import { type ConversationKey, type DeliveryMark, type Store, StoreUnavailable } from '../ports/store.ts';

export interface DeliveryMarksPorts {
  store: Store;
  runtime: ConversationRuntime;
  publisher: Publisher;
  scheduler: Scheduler;
  signals: Signals;
}

/** Without a mark the message becomes uncertain after 30 s anyway, so further tries would be useless. */
const MAX_TRIES = 25;
const RETRY_DELAY_MS = 1_000;

/** Writes delivery marks in batches, and publishes the changed messages. */
export class DeliveryMarks {
  readonly #ports: DeliveryMarksPorts;
  readonly #batcher: Batcher<DeliveryMark, Message | null>;

  constructor(ports: DeliveryMarksPorts) {
    this.#ports = ports;
    this.#batcher = new Batcher({ parallel: 1, size: 128, run: (marks) => ports.store.markDeliveries(marks) });
  }

  /** Gives the changed message, or null if the mark changed nothing. @throws StoreUnavailable */
  async mark(mark: DeliveryMark): Promise<Message | null> {
    const message = await this.#write(mark);
    if (message) this.publish(mark.key, message);
    this.#ports.signals.deliveryMarked(mark.key);
    return message;
  }

  publish(key: ConversationKey, message: Message): void {
    this.#ports.runtime.delivered(key, [message]);
    this.#ports.publisher.delivered(key, [message]);
  }

  async #write(mark: DeliveryMark): Promise<Message | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#batcher.submit(mark);
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || tries >= MAX_TRIES) throw error;
        await pause(this.#ports.scheduler, RETRY_DELAY_MS);
      }
    }
  }
}

import type { Conversation, Draft, Message } from '@baton/protocol';
import type { ConversationKey, Publisher } from '@baton/runtime';
import type { FanOut } from '../realtime/fan-out/fan-out.ts';
import type { ClusterBus } from './cluster-bus.ts';

/** Publishes commits to the sockets of this node first, then to the other nodes, so local clients never wait for Redis. */
export class ClusterPublisher implements Publisher {
  readonly #fanOut: FanOut;
  readonly #bus: Pick<ClusterBus, 'publish'>;

  constructor(fanOut: FanOut, bus: Pick<ClusterBus, 'publish'>) {
    this.#fanOut = fanOut;
    this.#bus = bus;
  }

  changed(key: ConversationKey, conversation: Conversation, messages: Message[]): void {
    this.#fanOut.changed(key, conversation, messages);
    this.#bus.publish({ type: 'changed', key, conversation, messages });
  }

  delivered(key: ConversationKey, messages: Message[]): void {
    this.#fanOut.delivered(key, messages);
    this.#bus.publish({ type: 'delivered', key, messages });
  }

  drafted(key: ConversationKey, draft: Draft): void {
    this.#fanOut.drafted(key, draft);
    this.#bus.publish({ type: 'drafted', key, draft });
  }
}

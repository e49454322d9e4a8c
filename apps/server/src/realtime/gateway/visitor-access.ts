import type { ConversationKey } from '@baton/runtime';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import type { CustomerNamespace } from './namespaces.ts';
import type { RealtimeReads } from '../ports.ts';

/** Ends the chats of customers who may no longer come in: their channel was closed, or they were blocked (SEE-5). */
export class OpenDoors {
  readonly #customers: CustomerNamespace;
  readonly #reads: Pick<RealtimeReads, 'openDoors'>;

  constructor(customers: CustomerNamespace, reads: Pick<RealtimeReads, 'openDoors'>) {
    this.#customers = customers;
    this.#reads = reads;
  }

  /** Who knocks now: is the door open? */
  async isOpen(key: ConversationKey): Promise<boolean> {
    return (await this.#reads.openDoors([key])).has(key.conversationId);
  }

  /** To be called twice a second. @throws when the database is away */
  readonly check = onceAtATime(() => this.#check());

  async #check(): Promise<void> {
    const sockets = [...this.#customers.sockets.values()];
    if (sockets.length === 0) return;
    const open = await this.#reads.openDoors(sockets.map((socket) => socket.data.key));
    for (const socket of sockets) if (!open.has(socket.data.key.conversationId)) socket.disconnect(true);
  }
}

import type { ConversationKey } from '@baton/runtime';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import type { RealtimeReads } from '../fan-out/reads.ts';
import type { CustomerNamespace } from '../fan-out/sockets.ts';

/** Disconnects customers who lost access: their channel was closed, or a teammate blocked them (SEE-5). */
export class VisitorAccess {
  readonly #customers: CustomerNamespace;
  readonly #reads: Pick<RealtimeReads, 'accessible'>;

  constructor(customers: CustomerNamespace, reads: Pick<RealtimeReads, 'accessible'>) {
    this.#customers = customers;
    this.#reads = reads;
  }

  /** @throws if the database is away */
  async isOpen(key: ConversationKey): Promise<boolean> {
    return (await this.#reads.accessible([key])).has(key.conversationId);
  }

  /** Call it twice a second. @throws if the database is away */
  readonly check = onceAtATime(() => this.#check());

  async #check(): Promise<void> {
    const sockets = [...this.#customers.sockets.values()];
    if (sockets.length === 0) return;
    const accessible = await this.#reads.accessible(sockets.map((socket) => socket.data.key));
    for (const socket of sockets) if (!accessible.has(socket.data.key.conversationId)) socket.disconnect(true);
  }
}

import { customerView } from '@baton/channels';
import type { ConversationKey } from '@baton/runtime';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import { sharedLookup } from '../../timing/shared-lookup.ts';
import type { CustomerNamespace } from '../gateway/namespaces.ts';
import type { RealtimeReads } from '../ports.ts';
import { customerOf } from './rooms.ts';

export interface CustomerCatchUpParts {
  customers: CustomerNamespace;
  reads: Pick<RealtimeReads, 'messages' | 'revisions'>;
}

interface Told {
  key: ConversationKey;
  connections: number;
  /** Everything up to this revision has been told here. */
  revision: number;
  isBehind: boolean;
}

const MOST_MESSAGES = 200;

/**
 * What another node committed reaches customers too when the word of it was lost. A teammate's client compares revisions and
 * fetches what it lacks; customers' clients know none, so the node counts for them, and reads a hole from the database.
 */
export class CustomerCatchUp {
  readonly #parts: CustomerCatchUpParts;
  readonly #told = new Map<string, Told>();

  constructor(parts: CustomerCatchUpParts) {
    this.#parts = parts;
  }

  connected(key: ConversationKey, revision: number): void {
    const told = this.#told.get(key.conversationId);
    if (told) told.connections += 1;
    else this.#told.set(key.conversationId, { key, connections: 1, revision, isBehind: false });
  }

  disconnected({ conversationId }: ConversationKey): void {
    const told = this.#told.get(conversationId);
    if (!told) return;
    told.connections -= 1;
    if (told.connections === 0) this.#told.delete(conversationId);
  }

  /** All changes that made this revision have been told. */
  heard({ conversationId }: ConversationKey, revision: number): void {
    const told = this.#told.get(conversationId);
    if (!told || revision <= told.revision) return;
    if (revision === told.revision + 1) told.revision = revision;
    else told.isBehind = true;
  }

  /** To be called every 250 ms: fills the holes. @throws when the database is away; they are filled another time */
  readonly fill = onceAtATime(() => this.#fillAll());

  /** To be called every 5 s, and when words of another node were lost. @throws when the database is away */
  readonly compare = sharedLookup(() => this.#compare());

  async #compare(): Promise<void> {
    if (this.#told.size === 0) return;
    const stored = await this.#parts.reads.revisions([...this.#told.values()].map(({ key }) => key));
    for (const { key, revision } of stored) {
      const told = this.#told.get(key.conversationId);
      if (told && told.revision < revision) told.isBehind = true;
    }
    await this.fill();
  }

  async #fillAll(): Promise<void> {
    for (const told of this.#told.values()) if (told.isBehind) await this.#fill(told);
  }

  async #fill(told: Told): Promise<void> {
    const { key, revision: sinceRevision } = told;
    const { customers, reads } = this.#parts;
    const [now] = await reads.revisions([key]);
    const messages = await reads.messages(key, { sinceRevision }, MOST_MESSAGES);
    told.isBehind = false;
    told.revision = Math.max(told.revision, now?.revision ?? 0);
    // Clients know messages by their ids: to tell one twice does no harm.
    for (const message of messages) {
      const view = customerView(message);
      if (view) customers.to(customerOf(key)).emit('message', view);
    }
  }
}

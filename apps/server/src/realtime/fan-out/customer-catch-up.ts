import { customerView } from '@baton/channels';
import type { ConversationKey } from '@baton/runtime';
import { onceAtATime } from '../../timing/once-at-a-time.ts';
import { sharedLookup } from '../../timing/shared-lookup.ts';
import type { RealtimeReads } from './reads.ts';
import { customerOf } from './rooms.ts';
import type { CustomerNamespace } from './sockets.ts';

export interface CustomerCatchUpParts {
  customers: CustomerNamespace;
  reads: Pick<RealtimeReads, 'messages' | 'revisions'>;
}

interface Progress {
  key: ConversationKey;
  connections: number;
  /** The customer has received everything up to this revision. */
  revision: number;
  isBehind: boolean;
}

const MAX_MESSAGES = 200;

/**
 * Sends customers the messages of other nodes whose cluster message was lost. Teammates' clients compare revisions
 * themselves. Customers' clients know no revisions, so the node counts for them and reads gaps from the database.
 */
export class CustomerCatchUp {
  readonly #parts: CustomerCatchUpParts;
  readonly #progress = new Map<string, Progress>();

  constructor(parts: CustomerCatchUpParts) {
    this.#parts = parts;
  }

  connected(key: ConversationKey, revision: number): void {
    const progress = this.#progress.get(key.conversationId);
    if (progress) progress.connections += 1;
    else this.#progress.set(key.conversationId, { key, connections: 1, revision, isBehind: false });
  }

  disconnected({ conversationId }: ConversationKey): void {
    const progress = this.#progress.get(conversationId);
    if (!progress) return;
    progress.connections -= 1;
    if (progress.connections === 0) this.#progress.delete(conversationId);
  }

  /** The node has sent all changes that made this revision. */
  published({ conversationId }: ConversationKey, revision: number): void {
    const progress = this.#progress.get(conversationId);
    if (!progress || revision <= progress.revision) return;
    if (revision === progress.revision + 1) progress.revision = revision;
    else progress.isBehind = true;
  }

  /** Fills known gaps. Call it every 250 ms. @throws if the database is away; the next call retries */
  readonly fillGaps = onceAtATime(() => this.#fillGaps());

  /** Finds and fills gaps. Call it every 5 s, and after lost cluster messages. @throws if the database is away */
  readonly compareRevisions = sharedLookup(() => this.#compareRevisions());

  async #compareRevisions(): Promise<void> {
    if (this.#progress.size === 0) return;
    const stored = await this.#parts.reads.revisions([...this.#progress.values()].map(({ key }) => key));
    for (const { key, revision } of stored) {
      const progress = this.#progress.get(key.conversationId);
      if (progress && progress.revision < revision) progress.isBehind = true;
    }
    await this.fillGaps();
  }

  async #fillGaps(): Promise<void> {
    for (const progress of this.#progress.values()) if (progress.isBehind) await this.#fillGap(progress);
  }

  async #fillGap(progress: Progress): Promise<void> {
    const { key, revision: sinceRevision } = progress;
    const { customers, reads } = this.#parts;
    const [stored] = await reads.revisions([key]);
    const messages = await reads.messages(key, { sinceRevision }, MAX_MESSAGES);
    progress.isBehind = false;
    progress.revision = Math.max(progress.revision, stored?.revision ?? 0);
    // Clients merge messages by id, so sending one twice is harmless.
    for (const message of messages) {
      const view = customerView(message);
      if (view) customers.to(customerOf(key)).emit('message', view);
    }
  }
}

import type { Ms } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import { sharedLookup } from '../../timing/shared-lookup.ts';
import type { RealtimeReads } from '../ports.ts';

export interface RepairParts {
  reads: Pick<RealtimeReads, 'changedSince'>;
  /** The database's clock, as this node knows it. */
  now: () => Ms;
  /** Those that have somebody connected. */
  workspaces: () => string[];
  /** A conversation has this revision by now, and this node has not told of it. */
  onMissed: (key: ConversationKey, revision: number) => void;
}

/** Commits become visible a little after the time they carry: look back this far again. */
const OVERLAP_MS = 5_000;
const BATCH = 2_000;
/** Of one look: 1 600 changes a second, each read twice. A node that was away for long catches up in several looks, not in one. */
const MOST_BATCHES = 8;

/**
 * What other nodes committed, found in the database: a lost connection between nodes costs freshness, never truth.
 * Remembers what this node told its sockets, so that it tells nothing twice.
 */
export class Repair {
  readonly #parts: RepairParts;
  /** Two generations, so that what nobody asks for any more is forgotten. */
  #told = new Map<string, number>();
  #toldBefore = new Map<string, number>();
  #since: Ms | null = null;

  constructor(parts: RepairParts) {
    this.#parts = parts;
  }

  told(conversationId: string, revision: number): void {
    this.#told.set(conversationId, revision);
  }

  /** To be called every 5 s, and when words of another node were lost. @throws when the database is away; the next call makes up for it */
  readonly look = sharedLookup(() => this.#look());

  async #look(): Promise<void> {
    const workspaceIds = this.#parts.workspaces();
    if (workspaceIds.length === 0) {
      // Whoever connects next reads everything anyway.
      this.#since = null;
      return;
    }
    const now = this.#parts.now();
    let isMore = true;
    for (let batch = 0; isMore && batch < MOST_BATCHES; batch += 1) isMore = await this.#lookFurther(workspaceIds, now);
    this.#toldBefore = this.#told;
    this.#told = new Map();
  }

  /** Reads one batch. False where it reached the present; else the next goes on from where this one ended. */
  async #lookFurther(workspaceIds: string[], now: Ms): Promise<boolean> {
    const { reads, onMissed } = this.#parts;
    const since = (this.#since ?? now) - OVERLAP_MS;
    const changes = await reads.changedSince(workspaceIds, since, BATCH);
    for (const { key, revision } of changes) {
      const told = this.#told.get(key.conversationId) ?? this.#toldBefore.get(key.conversationId) ?? 0;
      if (told < revision) onMissed(key, revision);
      this.#told.set(key.conversationId, revision);
    }
    const last = changes.at(-1);
    const isMore = changes.length === BATCH && last !== undefined;
    this.#since = isMore ? Math.max(last.changedAt, since + 1) + OVERLAP_MS : now;
    return isMore;
  }
}

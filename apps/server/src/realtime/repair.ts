import type { Ms } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import type { RealtimeReads } from './ports.ts';

export interface RepairParts {
  reads: Pick<RealtimeReads, 'changedSince'>;
  /** The database's clock, as this node knows it. */
  now: () => Ms;
  /** A conversation changed and this node did not tell of it. */
  onMissed: (key: ConversationKey) => void;
}

/** Commits become visible a little after the time they carry: look back this far again. */
const OVERLAP_MS = 5_000;
const BATCH = 2_000;

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
  #running = false;

  constructor(parts: RepairParts) {
    this.#parts = parts;
  }

  told(conversationId: string, revision: number): void {
    this.#told.set(conversationId, revision);
  }

  /** To be called every 5 s, for those who have somebody connected. @throws when the database is away; the next call makes up for it */
  async look(workspaceIds: string[]): Promise<void> {
    if (this.#running) return;
    if (workspaceIds.length === 0) {
      // Whoever connects next reads everything anyway.
      this.#since = null;
      return;
    }
    this.#running = true;
    try {
      await this.#look(workspaceIds);
    } finally {
      this.#running = false;
    }
  }

  async #look(workspaceIds: string[]): Promise<void> {
    const { reads, now: clock, onMissed } = this.#parts;
    const now = clock();
    const changes = await reads.changedSince(workspaceIds, (this.#since ?? now) - OVERLAP_MS, BATCH);
    for (const { key, revision } of changes) {
      const told = this.#told.get(key.conversationId) ?? this.#toldBefore.get(key.conversationId) ?? 0;
      if (told < revision) onMissed(key);
      this.#told.set(key.conversationId, revision);
    }
    const last = changes.at(-1);
    // A full batch: go on from where it ended, not from now.
    this.#since = changes.length === BATCH && last ? last.changedAt + OVERLAP_MS : now;
    this.#toldBefore = this.#told;
    this.#told = new Map();
  }
}

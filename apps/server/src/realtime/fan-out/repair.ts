import type { Ms } from '@baton/conversation';
import { sharedLookup } from '../../timing/shared-lookup.ts';
import type { ListFrames } from './list-frames.ts';
import type { PublishedRevisions } from './published-revisions.ts';
import type { RealtimeReads } from './reads.ts';

export interface RepairParts {
  reads: Pick<RealtimeReads, 'changedSince'>;
  /** The database's clock, as estimated by this node. */
  now: () => Ms;
  /** Workspaces with at least one connection. */
  workspaces: () => string[];
  published: PublishedRevisions;
  lists: Pick<ListFrames, 'missed'>;
}

/** Commits become visible a little after their timestamp, so each look overlaps the last one. */
const OVERLAP_MS = 5_000;
const BATCH = 2_000;
/** Limits one look to 1 600 changes per second, each read twice. After a long absence a node catches up in several looks. */
const MAX_BATCHES = 8;

/** Finds commits of other nodes in the database: a lost connection between nodes delays updates and loses none. */
export class Repair {
  readonly #parts: RepairParts;
  #since: Ms | null = null;

  constructor(parts: RepairParts) {
    this.#parts = parts;
  }

  /** Call it every 5 s, and after lost cluster messages. @throws if the database is away; the next call makes up for it */
  readonly look = sharedLookup(() => this.#look());

  async #look(): Promise<void> {
    const workspaceIds = this.#parts.workspaces();
    if (workspaceIds.length === 0) {
      // The next connection reads everything anyway.
      this.#since = null;
      return;
    }
    const now = this.#parts.now();
    let hasMore = true;
    for (let batch = 0; hasMore && batch < MAX_BATCHES; batch += 1) hasMore = await this.#readBatch(workspaceIds, now);
    this.#parts.published.nextGeneration();
  }

  /** False if the batch reached the present; otherwise the next batch continues after it. */
  async #readBatch(workspaceIds: string[], now: Ms): Promise<boolean> {
    const { reads, published, lists } = this.#parts;
    const since = (this.#since ?? now) - OVERLAP_MS;
    const changes = await reads.changedSince(workspaceIds, since, BATCH);
    for (const { key, revision } of changes) {
      if (published.get(key.conversationId) < revision) lists.missed(key, revision);
      published.set(key.conversationId, revision);
    }
    const last = changes.at(-1);
    const hasMore = changes.length === BATCH && last !== undefined;
    this.#since = hasMore ? Math.max(last.changedAt, since + 1) + OVERLAP_MS : now;
    return hasMore;
  }
}

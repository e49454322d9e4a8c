import { leasesDue, loadSnapshot, NewerSnapshotError, type Snapshot } from '@baton/conversation';
import type { Message } from '@baton/protocol';
import { Batcher } from '../batching/batcher.ts';
import type { Outcome } from '../decide/commands.ts';
import { namedBy } from '../decide/decide.ts';
import { undelivered, wouldForget } from '../decide/undelivered.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import type { Report } from '../ports/report.ts';
import { type ConversationKey, type Store, type StoredConversation, StoreUnavailable } from '../ports/store.ts';
import type { RuntimeLimits } from './limits.ts';
import type { Actor, QueuedCommand } from './mailbox.ts';

export interface ActorLoaderPorts {
  store: Store;
  clock: DatabaseClock;
  report: Report;
  limits: RuntimeLimits;
}

/** Loads actors in batches, and says when a cached one is not enough. */
export class ActorLoader {
  readonly #ports: ActorLoaderPorts;
  readonly #loads: Batcher<ConversationKey, StoredConversation | null>;

  constructor(ports: ActorLoaderPorts) {
    this.#ports = ports;
    const { store, limits } = ports;
    this.#loads = new Batcher({
      parallel: limits.parallelCommits,
      size: limits.conversationsPerCommit,
      run: (keys) => store.load(keys),
    });
  }

  /** @throws StoreUnavailable; SnapshotError if the stored snapshot is damaged */
  async load(key: ConversationKey): Promise<{ actor: Actor } | { rejection: Outcome }> {
    const stored = await this.#read(key, this.#loads.submit(key));
    if (stored === null) return { rejection: { ok: false, code: 'not_found' } };
    if (stored.quarantined) return { rejection: { ok: false, code: 'quarantined' } };
    try {
      return { actor: { stored, snapshot: readSnapshot(stored) } };
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#ports.report({ what: error.message, key, error });
      throw error;
    }
  }

  /** Lease renewals and delivery marks reach the database only, so a decision that depends on them needs a fresh load. */
  mustReload({ stored, snapshot }: Actor, commands: QueuedCommand[]): boolean {
    if (leasesDue(snapshot, this.#ports.clock.now()).length > 0 || undelivered(stored, snapshot) !== null) return true;
    return commands.some(({ command }) => wouldForget(command, stored, snapshot));
  }

  /** The stored messages that commands refer to, by id. */
  async readNamed(key: ConversationKey, commands: QueuedCommand[]): Promise<Map<string, Message | null>> {
    const named = new Map<string, Message | null>();
    for (const { command } of commands) {
      const id = namedBy(command);
      if (id !== null) named.set(id, await this.#read(key, this.#ports.store.readMessage(key, id)));
    }
    return named;
  }

  /** A failed read is not the conversation's fault, so it must not quarantine it. */
  async #read<T>(key: ConversationKey, reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#ports.report({ what: 'the store could not be read', key, error });
      throw new StoreUnavailable('the store could not be read', { cause: error });
    }
  }
}

/**
 * During an update, nodes of two versions run side by side. An older node must not touch a snapshot that a newer one has
 * written: it acts as if the database were away (ADR 12).
 * @throws SnapshotError; StoreUnavailable for a snapshot of a newer version
 */
export function readSnapshot({ snapshot }: Pick<StoredConversation, 'snapshot'>): Snapshot {
  try {
    return loadSnapshot(snapshot);
  } catch (error) {
    if (!(error instanceof NewerSnapshotError)) throw error;
    throw new StoreUnavailable('a newer version of Baton has written this conversation', { cause: error });
  }
}

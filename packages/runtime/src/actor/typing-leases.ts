import { LEASE_MS, type Ms } from '@baton/conversation';
import type { Person } from '@baton/protocol';
import { v7 } from 'uuid';
import { Batcher } from '../batching/batcher.ts';
import type { Outcome } from '../decide/commands.ts';
import type { ConversationRuntime } from './conversation-runtime.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { leaseIdOf } from '../decide/typing.ts';
import type { Cancel, Scheduler } from '../ports/scheduler.ts';
import { type ConversationKey, type Store, StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';

export interface TypingPorts {
  store: Store;
  runtime: ConversationRuntime;
  clock: DatabaseClock;
  scheduler: Scheduler;
  report: Report;
  newId?: () => string;
}

interface WriterLease {
  key: ConversationKey;
  by: Person;
  writer: string;
  leaseId: string;
  /** The latest call about this lease, which the next one waits for. */
  latest: Promise<Outcome | null>;
  touchedAt: Ms;
}

/** Leases survive a lost connection for so long, because it may come back (HOLD-4). */
export const LOST_CONNECTION_MS = 3_000;
/** Above this number, expired leases are swept. */
const SWEEP_ABOVE = 10_000;

/**
 * The typing leases of this node's writers (HOLD-4). A `writer` is a teammate's connection, or over HTTP their
 * credential; its name is stored, so it must not be a secret. The first keystroke is an event; later ones only renew.
 */
export class TypingLeases {
  readonly #ports: TypingPorts;
  readonly #renewals: Batcher<{ key: ConversationKey; leaseId: string }, boolean>;
  readonly #leases = new Map<string, WriterLease>();
  readonly #lost = new Map<string, Cancel>();
  #isStopped = false;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
    const run = (renewals: { key: ConversationKey; leaseId: string }[]) => ports.store.renewLeases(renewals);
    this.#renewals = new Batcher({ parallel: 1, size: 500, run });
  }

  /** A keystroke or heartbeat. Null if a lease was only renewed. */
  typing(key: ConversationKey, by: Person, writer: string): Promise<Outcome | null> {
    const name = nameOf(key, writer);
    const known = this.#leases.get(name);
    const now = this.#ports.clock.now();
    if (!known) return this.#start(name, key, by, writer);
    known.touchedAt = now;
    known.latest = known.latest.then(async (before) => {
      if (before?.ok === false) return before;
      return (await this.#renew(known)) ? null : this.#startAgain(name, known);
    });
    return known.latest;
  }

  /** The composer was emptied, switched to a note, or left. Null if the writer had no lease. */
  async stopped(key: ConversationKey, writer: string): Promise<Outcome | null> {
    const name = nameOf(key, writer);
    const lease = this.#leases.get(name);
    if (!lease) return null;
    this.#leases.delete(name);
    await lease.latest;
    return this.#end(key, lease.by, [lease.leaseId]);
  }

  /** Like `stopped`, for a writer whose requests may reach any node: another node may have started the lease. */
  async stoppedAnywhere(key: ConversationKey, by: Person, writer: string): Promise<Outcome> {
    const name = nameOf(key, writer);
    const latest = this.#leases.get(name)?.latest;
    this.#leases.delete(name);
    await latest;
    return this.#ports.runtime.dispatch(key, { type: 'stopTyping', by, leaseIds: [], writer });
  }

  /** Ends the leases of a lost connection after `LOST_CONNECTION_MS`. */
  disconnected(writer: string): void {
    if (this.#isStopped) return;
    const cancel = this.#ports.scheduler.after(LOST_CONNECTION_MS, () => {
      this.#lost.delete(writer);
      void this.#endAllOf(writer);
    });
    this.#lost.get(writer)?.();
    this.#lost.set(writer, cancel);
  }

  /**
   * Forgets all writers, and lets their leases expire. Ending them now would let the agent reply before a teammate who
   * is still writing has reached another node.
   */
  stop(): Promise<void> {
    for (const cancel of this.#lost.values()) cancel();
    this.#lost.clear();
    this.#leases.clear();
    this.#isStopped = true;
    return Promise.resolve();
  }

  async #endAllOf(writer: string): Promise<void> {
    const own = [...this.#leases.values()].filter((lease) => lease.writer === writer);
    await Promise.all(own.map(({ key }) => this.stopped(key, writer)));
  }

  async #start(name: string, key: ConversationKey, by: Person, writer: string): Promise<Outcome | null> {
    this.#sweep();
    const leaseId = leaseIdOf(writer, this.#newId());
    const latest = this.#ports.runtime.dispatch(key, { type: 'startTyping', by, leaseId });
    const lease: WriterLease = { key, by, writer, leaseId, latest, touchedAt: this.#ports.clock.now() };
    this.#leases.set(name, lease);
    const outcome = await latest;
    // The next keystroke tries again.
    if (!outcome.ok && this.#leases.get(name) === lease) this.#leases.delete(name);
    return outcome;
  }

  /** An ended lease is never renewed: a teammate who still writes gets a new one. */
  #startAgain(name: string, { key, by, writer, leaseId }: WriterLease): Promise<Outcome | null> | null {
    if (this.#leases.get(name)?.leaseId !== leaseId) return null;
    return this.#start(name, key, by, writer);
  }

  /** While the database is away, the lease counts as alive. */
  async #renew({ key, leaseId }: WriterLease): Promise<boolean> {
    try {
      return await this.#renewals.submit({ key, leaseId });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) this.#ports.report({ what: 'a lease was not renewed', key, error });
      return true;
    }
  }

  #end(key: ConversationKey, by: Person, leaseIds: string[]): Promise<Outcome> {
    return this.#ports.runtime.dispatch(key, { type: 'stopTyping', by, leaseIds });
  }

  #newId(): string {
    return this.#ports.newId?.() ?? v7();
  }

  #sweep(): void {
    if (this.#leases.size < SWEEP_ABOVE) return;
    const expired = this.#ports.clock.now() - 2 * LEASE_MS;
    for (const [name, { touchedAt }] of this.#leases) if (touchedAt < expired) this.#leases.delete(name);
  }
}

function nameOf({ workspaceId, conversationId }: ConversationKey, writer: string): string {
  return `${workspaceId} ${conversationId} ${writer}`;
}

import { LEASE_MS, type Ms } from '@baton/conversation';
import type { Person } from '@baton/protocol';
import { v7 } from 'uuid';
import { Batcher } from '../batching/batcher.ts';
import type { Outcome } from '../decide/commands.ts';
import type { ConversationRuntime } from './conversation-runtime.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { leaseIdOf } from '../decide/lease-id.ts';
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

interface Writing {
  key: ConversationKey;
  by: Person;
  writer: string;
  leaseId: string;
  /** What was asked last of this lease: the next waits for it. */
  latest: Promise<Outcome | null>;
  touchedAt: Ms;
}

/** A lost connection's leases end so much later: it may come back (HOLD-4). */
export const LOST_CONNECTION_MS = 3_000;
/** Above so many, those that have long expired are forgotten. */
const SWEEP_ABOVE = 10_000;

/**
 * The typing leases of this node's writers (HOLD-4). A `writer` is one connection of a teammate, or over HTTP the
 * teammate's credential. The first keystroke is an event; what follows only renews. A writer's name must be safe to store.
 */
export class TypingLeases {
  readonly #ports: TypingPorts;
  readonly #renewals: Batcher<{ key: ConversationKey; leaseId: string }, boolean>;
  readonly #writings = new Map<string, Writing>();
  readonly #lost = new Map<string, Cancel>();
  #isStopped = false;

  constructor(ports: TypingPorts) {
    this.#ports = ports;
    const run = (renewals: { key: ConversationKey; leaseId: string }[]) => ports.store.renewLeases(renewals);
    this.#renewals = new Batcher({ parallel: 1, size: 500, run });
  }

  /** A keystroke or heartbeat. Null where a lease was only renewed. */
  typing(key: ConversationKey, by: Person, writer: string): Promise<Outcome | null> {
    const name = nameOf(key, writer);
    const known = this.#writings.get(name);
    const now = this.#ports.clock.now();
    if (!known) return this.#start(name, key, by, writer);
    known.touchedAt = now;
    known.latest = known.latest.then(async (before) => {
      if (before?.ok === false) return before;
      return (await this.#renew(known)) ? null : this.#startAgain(name, known);
    });
    return known.latest;
  }

  /** An emptied composer, a switch to a note, a conversation left. Null if nothing was being written. */
  async stopped(key: ConversationKey, writer: string): Promise<Outcome | null> {
    const name = nameOf(key, writer);
    const writing = this.#writings.get(name);
    if (!writing) return null;
    this.#writings.delete(name);
    await writing.latest;
    return this.#end(key, writing.by, [writing.leaseId]);
  }

  /** As `stopped`, for a writer whose requests may come to any node: another one may have begun the lease. */
  async stoppedAnywhere(key: ConversationKey, by: Person, writer: string): Promise<Outcome> {
    const name = nameOf(key, writer);
    const latest = this.#writings.get(name)?.latest;
    this.#writings.delete(name);
    await latest;
    return this.#ports.runtime.dispatch(key, { type: 'stopTyping', by, leaseIds: [], writer });
  }

  /** A connection is lost: what it wrote ends 3 s later. */
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
   * Forgets all writers. Their leases run out by themselves: ended now, the agent could overtake those who are still
   * writing before they have reached another node.
   */
  stop(): Promise<void> {
    for (const cancel of this.#lost.values()) cancel();
    this.#lost.clear();
    this.#writings.clear();
    this.#isStopped = true;
    return Promise.resolve();
  }

  async #endAllOf(writer: string): Promise<void> {
    const theirs = [...this.#writings.values()].filter((writing) => writing.writer === writer);
    await Promise.all(theirs.map(({ key }) => this.stopped(key, writer)));
  }

  async #start(name: string, key: ConversationKey, by: Person, writer: string): Promise<Outcome | null> {
    this.#sweep();
    const leaseId = leaseIdOf(writer, this.#newId());
    const latest = this.#ports.runtime.dispatch(key, { type: 'startTyping', by, leaseId });
    const writing: Writing = { key, by, writer, leaseId, latest, touchedAt: this.#ports.clock.now() };
    this.#writings.set(name, writing);
    const outcome = await latest;
    // What was not started is started by the next keystroke.
    if (!outcome.ok && this.#writings.get(name) === writing) this.#writings.delete(name);
    return outcome;
  }

  /** An ended lease is never renewed: who still writes gets a new one. */
  #startAgain(name: string, { key, by, writer, ...writing }: Writing): Promise<Outcome | null> | null {
    if (this.#writings.get(name)?.leaseId !== writing.leaseId) return null;
    return this.#start(name, key, by, writer);
  }

  /** Renewals of many writers go together. While the database is away, a lease is believed alive. */
  async #renew({ key, leaseId }: Writing): Promise<boolean> {
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
    if (this.#writings.size < SWEEP_ABOVE) return;
    const expired = this.#ports.clock.now() - 2 * LEASE_MS;
    for (const [name, { touchedAt }] of this.#writings) if (touchedAt < expired) this.#writings.delete(name);
  }
}

function nameOf({ workspaceId, conversationId }: ConversationKey, writer: string): string {
  return `${workspaceId} ${conversationId} ${writer}`;
}

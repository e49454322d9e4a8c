import { loadSnapshot, type Ms } from '@baton/conversation';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { effectiveDeadline, renewals } from '../decide/fold.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import type { Signals } from '../actor/signals.ts';
import { type Store, type StoredConversation, StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { undelivered } from '../decide/undelivered.ts';
import { JobSlots } from './job-slots.ts';
import { Poll } from './poll.ts';

export interface TimerWorkerPorts {
  store: Store;
  runtime: ConversationRuntime;
  clock: DatabaseClock;
  scheduler: Scheduler;
  signals: Signals;
  report: Report;
  /** The delay of deadlines without a hint: of dead nodes, or more than a minute ahead. Default 250. */
  pollMs?: Ms;
  /** Conversations woken at once. Default 512. */
  concurrency?: number;
}

/** Bound the number of a node's hints. */
const MAX_HINT_AHEAD_MS = 60_000;
const HINT_STEP_MS = 10;

/** Wakes conversations whose deadlines have passed, on any node that is up, late ones too (TIME-1). */
export class TimerWorker {
  readonly #ports: TimerWorkerPorts;
  readonly #poll: Poll;
  readonly #slots: JobSlots;
  /** With fewer free slots it does not claim, because each claim has a fixed cost. */
  readonly #minClaimSize: number;
  readonly #hints = new Set<Ms>();
  #unsubscribe = (): unknown => undefined;

  constructor(ports: TimerWorkerPorts) {
    this.#ports = ports;
    const { concurrency = 512 } = ports;
    this.#slots = new JobSlots(concurrency);
    this.#minClaimSize = Math.ceil(concurrency / 4);
    const { scheduler, report, pollMs = 250 } = ports;
    this.#poll = new Poll({ name: 'timers', scheduler, report, intervalMs: pollMs, work: () => this.#work() });
  }

  start(): void {
    this.#unsubscribe = this.#ports.signals.subscribe({ wakeDue: (at) => this.#hint(at) });
    this.#poll.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#poll.stop();
    await this.#slots.idle();
  }

  /** Wakes this node's own conversations on time, without waiting for the poll. */
  #hint(at: Ms): void {
    const { clock, scheduler } = this.#ports;
    const moment = Math.ceil(at / HINT_STEP_MS) * HINT_STEP_MS;
    const inMs = moment - clock.now();
    if (inMs > MAX_HINT_AHEAD_MS || this.#hints.has(moment)) return;
    this.#hints.add(moment);
    scheduler.after(Math.max(0, inMs), () => {
      this.#hints.delete(moment);
      this.#poll.nudge();
    });
  }

  async #work(): Promise<boolean> {
    const { store, clock } = this.#ports;
    const limit = this.#slots.free;
    if (limit < this.#minClaimSize) return false;
    const due = await store.claimDue(limit);
    if (due.length === 0) return false;
    // They are due by the database's clock, so the estimate must not be behind it.
    clock.learn(await store.now());
    const mayBeMore = due.length === limit;
    const woken = (): void => {
      if (mayBeMore && this.#slots.free >= this.#minClaimSize) this.#poll.nudge();
    };
    for (const stored of due) void this.#slots.run(this.#wake(stored)).then(woken);
    return false;
  }

  async #wake(stored: StoredConversation): Promise<void> {
    const { runtime, store, report } = this.#ports;
    const { key, revision } = stored;
    try {
      const renewed = this.#renewedOnly(stored);
      if (renewed) await store.postpone(key, revision, renewed.wakeAt);
      else await runtime.dispatch(key, { type: 'wake' });
    } catch (error) {
      // Its claim expires in a few seconds, and it is due again.
      if (!(error instanceof StoreUnavailable)) report({ what: 'a wake failed', key, error });
    }
  }

  /** Were only renewed leases due? Then the new deadline, else null. */
  #renewedOnly(stored: StoredConversation): { wakeAt: Ms | null } | null {
    let snapshot;
    try {
      snapshot = loadSnapshot(stored.snapshot);
    } catch {
      return null; // The wake reports it.
    }
    if (stored.rules.version !== snapshot.context.rules.version) return null;
    if (undelivered(stored, snapshot)) return null;
    const wakeAt = effectiveDeadline(snapshot, renewals(snapshot, stored.leases));
    return wakeAt === null || wakeAt > this.#ports.clock.now() ? { wakeAt } : null;
  }
}

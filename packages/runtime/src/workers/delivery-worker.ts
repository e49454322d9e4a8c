import type { Ms } from '@baton/conversation';
import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import type { Sender } from '../ports/sender.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { pause } from '../ports/scheduler.ts';
import { type ConversationKey, type SendJob, StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { isUndelivered } from '../decide/undelivered.ts';
import { DeliveryMarks, type DeliveryMarksPorts } from './delivery-marks.ts';
import { JobSlots } from './job-slots.ts';
import { Poll } from './poll.ts';
import { attemptOf, toGaveUpMark, toMark } from './send-outcome.ts';

export interface DeliveryWorkerPorts extends DeliveryMarksPorts {
  /** This worker's name in the store, unique per process. */
  worker: string;
  sender: Sender;
  clock: DatabaseClock;
  report: Report;
  /** From 0 to 1, for jitter. */
  random: () => number;
  /** Default 250. */
  pollMs?: Ms;
  /** Messages claimed or being sent at once. Default 256. */
  concurrency?: number;
  /** `stop` aborts sends that take longer. Default 5 000. */
  graceMs?: Ms;
}

/** Covers the time until the message is claimed. From then on its delivery blocks the lane. */
const LANE_LEASE_MS = 4_000;
/** Below the 30 s after which a `sending` message becomes uncertain. */
const SEND_TIMEOUT_MS = 20_000;
/** After this the claim has expired: another worker may send the message (SEND-4). */
const CLAIM_VALID_MS = 2_000;

/** Sends messages to their channels, one per conversation at a time, in order (SEND-1 to SEND-6). */
export class DeliveryWorker {
  readonly #ports: DeliveryWorkerPorts;
  readonly #poll: Poll;
  readonly #slots: JobSlots;
  readonly #marks: DeliveryMarks;
  readonly #stopping = new AbortController();
  /** Lanes to release once the database is back. */
  #unreleased: ConversationKey[] = [];
  #unsubscribe = (): unknown => undefined;

  constructor(ports: DeliveryWorkerPorts) {
    this.#ports = ports;
    this.#slots = new JobSlots(ports.concurrency ?? 256);
    this.#marks = new DeliveryMarks(ports);
    const { scheduler, report, pollMs = 250 } = ports;
    this.#poll = new Poll({ name: 'deliveries', scheduler, report, intervalMs: pollMs, work: () => this.#work() });
  }

  start(): void {
    this.#unsubscribe = this.#ports.signals.subscribe({ sendDue: () => this.#poll.nudge() });
    this.#poll.start();
  }

  /** Waits for running sends, then aborts them; the outcome of an aborted send is unknown. */
  async stop(): Promise<void> {
    const { scheduler, graceMs = 5_000 } = this.#ports;
    this.#unsubscribe();
    await this.#poll.stop();
    await Promise.race([this.#slots.idle(), pause(scheduler, graceMs)]);
    this.#stopping.abort(new Error('the server is stopping'));
    await this.#slots.idle();
  }

  async #work(): Promise<boolean> {
    const { store, worker, clock } = this.#ports;
    const limit = this.#slots.free;
    if (limit === 0) return false;
    if (this.#unreleased.length > 0) await store.releaseSends(worker, this.#unreleased);
    this.#unreleased = [];
    const slept = clock.watchSleep();
    const askedAt = clock.elapsed();
    const jobs = await store.claimSends(worker, limit, LANE_LEASE_MS, ({ key, message }) =>
      this.#marks.publish(key, message),
    );
    for (const job of jobs) void this.#slots.run(this.#deliver(job, askedAt, slept));
    return false;
  }

  /** `askedAt`: when the job was requested, in monotonic time. `slept`: how long the machine was suspended since. */
  async #deliver(job: SendJob, askedAt: Ms, slept: () => Ms): Promise<void> {
    const { clock } = this.#ports;
    try {
      const claimedAt = job.turn === null ? this.#claimTimeOf(job, askedAt) : await this.#claim(job, job.turn);
      if (job.turn === null) this.#marks.publish(job.key, job.message);
      if (claimedAt !== null) {
        const isLate = (): boolean => clock.elapsed() - claimedAt + slept() > CLAIM_VALID_MS;
        await this.#markOutcome(job, await this.#send(job, isLate));
      }
      this.#poll.nudge();
    } catch (error) {
      // Without a mark the message becomes uncertain in time.
      if (error instanceof StoreUnavailable) return;
      this.#ports.report({ what: 'a delivery failed', key: job.key, error });
    }
  }

  /** When a person's message was claimed, in monotonic time; never before the request, in case the database's clock was set. */
  #claimTimeOf({ claimedAt }: SendJob, askedAt: Ms): Ms {
    const { clock } = this.#ports;
    const age = claimedAt === null ? Infinity : Math.max(0, clock.now() - claimedAt);
    return Math.max(askedAt, clock.elapsed() - age);
  }

  /** Claims an agent message (SEND-3). Gives the earliest time of the claim, or null if it was rejected. */
  async #claim(job: SendJob, turn: number): Promise<Ms | null> {
    const { key, message } = job;
    const { runtime, store, worker, clock } = this.#ports;
    const before = clock.elapsed();
    const outcome = await runtime.dispatch(key, { type: 'claimReply', turn, ...attemptOf(job) });
    if (outcome.ok) return before;
    if (outcome.code === 'unavailable') {
      this.#unreleased.push(key);
      // Throws, so that no poll follows at once: that would be a hot loop while the database is away.
      throw new StoreUnavailable('the claim was not answered');
    }
    const now = await store.readMessage(key, message.id);
    if (now?.delivery === 'uncertain') await this.#marks.mark(toGaveUpMark(job));
    // The lane of a head that is not due keeps its lease, so that no poll claims it again at once.
    else if (now?.delivery !== 'queued') await store.releaseSends(worker, [key]);
    return null;
  }

  async #send(job: SendJob, isLate: () => boolean): Promise<SendOutcome> {
    const { sender, scheduler, report } = this.#ports;
    const throwIfLate = (): void => {
      if (isLate()) throw new ClaimExpired();
    };
    const timeout = new AbortController();
    const cancel = scheduler.after(SEND_TIMEOUT_MS, () => timeout.abort(new Error('the channel did not answer')));
    try {
      throwIfLate();
      const signal = AbortSignal.any([timeout.signal, this.#stopping.signal]);
      return await sender.send(job, toOutgoing(job), signal, throwIfLate);
    } catch (error) {
      if (error instanceof ClaimExpired) return NOT_SENT;
      if (!timeout.signal.aborted && !this.#stopping.signal.aborted) {
        report({ what: 'a sender threw', key: job.key, error });
      }
      return { kind: 'retry', error: String(error), retryAfterMs: null, mayHaveArrived: true };
    } finally {
      cancel();
    }
  }

  /** The mark makes the conversation of an unsent reply due, so that it is woken even if this process dies now. */
  async #markOutcome(job: SendJob, outcome: SendOutcome): Promise<void> {
    const { clock, random, runtime } = this.#ports;
    const marked = await this.#marks.mark(toMark(job, outcome, clock.now(), random));
    if (job.turn === null || !isUndelivered(marked?.delivery)) return;
    await runtime.dispatch(job.key, { type: 'wake' });
  }
}

class ClaimExpired extends Error {}

const NOT_SENT: SendOutcome = { kind: 'unasked', error: 'the claim expired before the message was sent' };

function toOutgoing({ key, message }: SendJob): OutgoingMessage {
  const { id, seq, author, text } = message;
  if (author.kind === 'customer') throw new Error('a customer’s message is never sent');
  return { messageId: id, conversationId: key.conversationId, seq, author: { kind: author.kind }, text };
}

import type { Ms } from '@baton/conversation';
import { IDEMPOTENT_CHANNELS, type OutgoingMessage, type SendOutcome } from '@baton/protocol';
import type { Sender } from '../ports/backends.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { pause } from '../ports/scheduler.ts';
import {
  type ClaimedAttempt,
  type ConversationKey,
  type DeliveryMark,
  type SendJob,
  StoreUnavailable,
} from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { isUndelivered } from '../decide/undelivered.ts';
import { backoffMs } from './backoff.ts';
import { Marks, type MarksPorts } from './marks.ts';
import { Poll } from './poll.ts';
import { Slots } from './slots.ts';

export interface DeliveryWorkerPorts extends MarksPorts {
  /** Names this worker in the store: unique per process. */
  worker: string;
  sender: Sender;
  clock: DatabaseClock;
  report: Report;
  /** From 0 to 1, for jitter. */
  random: () => number;
  /** Default 250. */
  pollMs?: Ms;
  /** Default 256: messages claimed or at their channels at once. */
  concurrency?: number;
  /** Default 5 000: on stopping, sends that take longer are aborted. */
  graceMs?: Ms;
}

/** Until its message is claimed; from then on the message itself keeps the lane, until it is uncertain. */
const LANE_LEASE_MS = 4_000;
/** Shorter than the 30 s after which a message at its channel becomes uncertain. */
const SEND_TIMEOUT_MS = 20_000;
/** A sender that wakes later than this after its claim must not send: somebody else may (SEND-4). */
const CLAIM_VALID_MS = 2_000;
const MAX_ATTEMPTS = 30;
const MAX_AGE_MS = 24 * 3_600_000;

/** Hands messages to their channels, one of a conversation at a time, in order (SEND-1 to SEND-6). */
export class DeliveryWorker {
  readonly #ports: DeliveryWorkerPorts;
  readonly #poll: Poll;
  readonly #slots: Slots;
  readonly #marks: Marks;
  readonly #stopping = new AbortController();
  /** Lanes to let go of as soon as the database is back. */
  #unreleased: ConversationKey[] = [];
  #unsubscribe = (): unknown => undefined;

  constructor(ports: DeliveryWorkerPorts) {
    this.#ports = ports;
    this.#slots = new Slots(ports.concurrency ?? 256);
    this.#marks = new Marks(ports);
    const { scheduler, report, pollMs = 250 } = ports;
    this.#poll = new Poll({ name: 'deliveries', scheduler, report, intervalMs: pollMs, work: () => this.#work() });
  }

  start(): void {
    this.#unsubscribe = this.#ports.signals.subscribe({ sendDue: () => this.#poll.nudge() });
    this.#poll.start();
  }

  /** Finishes what is at a channel; what takes too long is aborted, and of unknown outcome. */
  async stop(): Promise<void> {
    const { scheduler, graceMs = 5_000 } = this.#ports;
    this.#unsubscribe();
    await this.#poll.stop();
    await Promise.race([this.#slots.idle(), pause(scheduler, graceMs)]);
    this.#stopping.abort(new Error('the server stops'));
    await this.#slots.idle();
  }

  async #work(): Promise<boolean> {
    const { store, worker, clock } = this.#ports;
    const limit = this.#slots.free;
    if (limit === 0) return false;
    if (this.#unreleased.length > 0) await store.releaseSends(worker, this.#unreleased);
    this.#unreleased = [];
    const slept = clock.watchSleep();
    const asked = clock.elapsed();
    const jobs = await store.claimSends(worker, limit, LANE_LEASE_MS, ({ key, message }) =>
      this.#marks.tell(key, message),
    );
    for (const job of jobs) void this.#slots.run(this.#deliver(job, asked, slept));
    return false;
  }

  /** `asked`: when for jobs, on the monotonic clock, as all that is said of a claim's age. */
  async #deliver(job: SendJob, asked: Ms, slept: () => Ms): Promise<void> {
    const { clock } = this.#ports;
    try {
      const claimedAt = job.turn === null ? this.#claimedBefore(job, asked) : await this.#claim(job, job.turn);
      if (job.turn === null) this.#marks.tell(job.key, job.message);
      if (claimedAt !== null) {
        const isLate = (): boolean => clock.elapsed() - claimedAt + slept() > CLAIM_VALID_MS;
        await this.#settle(job, await this.#send(job, isLate));
      }
      this.#poll.nudge();
    } catch (error) {
      // Unmarked it becomes uncertain in time, and is looked after then.
      if (error instanceof StoreUnavailable) return;
      this.#ports.report({ what: 'a delivery failed', key: job.key, error });
    }
  }

  /** A person's message, by the database's clock; but not before it was asked for, should that clock have been set. */
  #claimedBefore({ claimedAt }: SendJob, asked: Ms): Ms {
    const { clock } = this.#ports;
    const age = claimedAt === null ? Infinity : Math.max(0, clock.now() - claimedAt);
    return Math.max(asked, clock.elapsed() - age);
  }

  /** Agent messages: only a committed claim lets them go (SEND-3). When it was claimed at the earliest, or null. */
  async #claim(job: SendJob, turn: number): Promise<Ms | null> {
    const { key, message } = job;
    const { runtime, store, worker, clock } = this.#ports;
    const before = clock.elapsed();
    const outcome = await runtime.dispatch(key, { type: 'claimReply', turn, ...attemptOf(job) });
    if (outcome.ok) return before;
    if (outcome.code === 'unavailable') {
      this.#unreleased.push(key);
      // Not looked for again at once: that would be a hot loop while the database is away.
      throw new StoreUnavailable('the claim was not answered');
    }
    const now = await store.readMessage(key, message.id);
    if (now?.delivery === 'uncertain') await this.#marks.mark(gaveUp(job));
    // A lane whose head waits for something else is kept until its lease ends, not asked for at every look.
    else if (now?.delivery !== 'queued') await store.releaseSends(worker, [key]);
    return null;
  }

  async #send(job: SendJob, isLate: () => boolean): Promise<SendOutcome> {
    const { sender, scheduler, report } = this.#ports;
    const throwIfLate = (): void => {
      if (isLate()) throw new TooLate();
    };
    const timeout = new AbortController();
    const cancel = scheduler.after(SEND_TIMEOUT_MS, () => timeout.abort(new Error('the channel did not answer')));
    try {
      throwIfLate();
      const signal = AbortSignal.any([timeout.signal, this.#stopping.signal]);
      return await sender.send(job, toOutgoing(job), signal, throwIfLate);
    } catch (error) {
      if (error instanceof TooLate) return LATE;
      if (!timeout.signal.aborted && !this.#stopping.signal.aborted) {
        report({ what: 'a sender threw', key: job.key, error });
      }
      return { kind: 'retry', error: String(error), retryAfterMs: null, mayHaveArrived: true };
    } finally {
      cancel();
    }
  }

  /** What did not go out, its conversation learns from the mark: should this process die in between, whoever is up wakes it. */
  async #settle(job: SendJob, outcome: SendOutcome): Promise<void> {
    const marked = await this.#marks.mark(this.#toMark(job, outcome));
    if (job.turn === null || !isUndelivered(marked?.delivery)) return;
    await this.#ports.runtime.dispatch(job.key, { type: 'wake' });
  }

  #toMark(job: SendJob, outcome: SendOutcome): DeliveryMark {
    const { clock, random } = this.#ports;
    const base = baseOf(job);
    const up = { ...base, isChannelUp: true };
    switch (outcome.kind) {
      case 'sent':
        return { ...up, delivery: 'sent', attempt: null, providerId: outcome.providerId };
      case 'listed':
        return { ...up, delivery: 'sent' };
      case 'failed':
        // Of a message that may be there already a refusal says little: that it is, or that its sender is known no more.
        return { ...up, delivery: job.mayHaveArrived ? 'uncertain' : 'failed', error: outcome.error };
      case 'retry': {
        const { error } = outcome;
        const mayHaveArrived = outcome.mayHaveArrived || job.mayHaveArrived;
        const now = clock.now();
        const isTired = job.attempts + 1 >= MAX_ATTEMPTS || now - Date.parse(job.message.createdAt) > MAX_AGE_MS;
        const mayRepeat = !mayHaveArrived || IDEMPOTENT_CHANNELS.includes(job.channelKind);
        const down = { ...base, isChannelUp: false, error };
        if (isTired || !mayRepeat) return { ...down, delivery: mayHaveArrived ? 'uncertain' : 'failed' };
        const retryAt = now + backoffMs(job.attempts, outcome.retryAfterMs, random);
        return { ...down, delivery: mayHaveArrived ? 'uncertain' : 'queued', retryAt };
      }
      case 'unasked': {
        const { error } = outcome;
        return { ...base, delivery: job.mayHaveArrived ? 'uncertain' : 'queued', retryAt: clock.now(), error };
      }
    }
  }
}

/** The claim is too old to be trusted. */
class TooLate extends Error {}

const LATE: SendOutcome = { kind: 'unasked', error: 'the sender woke too late after its claim' };

function attemptOf({ message, attempts }: SendJob): ClaimedAttempt {
  return { messageId: message.id, attempt: attempts + 1 };
}

function baseOf(job: SendJob) {
  return { key: job.key, ...attemptOf(job), retryAt: null, isChannelUp: null, providerId: null, error: null };
}

/** An outcome that stays unknown: the conversation has gone on, so nobody may send it again by itself. */
function gaveUp(job: SendJob): DeliveryMark {
  return { ...baseOf(job), attempt: job.attempts, delivery: 'uncertain' };
}

function toOutgoing({ key, message }: SendJob): OutgoingMessage {
  const { id, seq, author, text } = message;
  if (author.kind === 'customer') throw new Error('a customer’s message is never sent');
  return { messageId: id, conversationId: key.conversationId, seq, author: { kind: author.kind }, text };
}

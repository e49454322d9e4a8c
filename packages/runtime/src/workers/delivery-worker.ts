import type { Ms } from '@baton/conversation';
import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import type { Sender } from '../backends.ts';
import type { DatabaseClock } from '../database-clock.ts';
import { pause } from '../scheduler.ts';
import { type DeliveryMark, IDEMPOTENT_CHANNELS, type SendJob, StoreUnavailable } from '../store.ts';
import type { Report } from '../trouble.ts';
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
  /** Default 64: messages at their channels at once. */
  concurrency?: number;
  /** Default 5 000: on stopping, sends that take longer are aborted. */
  graceMs?: Ms;
}

/** A lane is leased for longer than a send may take, and that is shorter than what makes a message uncertain. */
const LANE_LEASE_MS = 30_000;
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
  #unsubscribe = (): unknown => undefined;

  constructor(ports: DeliveryWorkerPorts) {
    this.#ports = ports;
    this.#slots = new Slots(ports.concurrency ?? 64);
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
    const { store, worker } = this.#ports;
    const limit = this.#slots.free;
    if (limit === 0) return false;
    const jobs = await store.claimSends(worker, limit, LANE_LEASE_MS);
    for (const job of jobs) this.#slots.run(this.#deliver(job).finally(() => this.#poll.nudge()));
    return false;
  }

  async #deliver(job: SendJob): Promise<void> {
    try {
      const claimedAt = job.turn === null ? job.claimedAt : await this.#claim(job, job.turn);
      if (job.turn === null) this.#marks.tell(job.key, job.message);
      if (claimedAt === null) return;
      const isLate = this.#ports.clock.now() - claimedAt > CLAIM_VALID_MS;
      await this.#settle(job, isLate ? LATE : await this.#send(job));
    } catch (error) {
      // Unmarked it becomes uncertain in time, and is looked after then.
      if (!(error instanceof StoreUnavailable)) this.#ports.report({ what: 'a delivery failed', key: job.key, error });
    }
  }

  /** Agent messages: only a committed claim lets them go (SEND-3). When it was claimed at the earliest, or null. */
  async #claim({ key, message }: SendJob, turn: number): Promise<Ms | null> {
    const { runtime, store, worker, clock } = this.#ports;
    const before = clock.now();
    const outcome = await runtime.dispatch(key, { type: 'claimReply', turn, messageId: message.id });
    if (outcome.ok) return before;
    // A lane whose head still cannot go is kept until its lease ends, so that it is not asked for at every look.
    const now = await store.readMessage(key, message.id);
    if (now?.delivery !== 'queued' && now?.delivery !== 'uncertain') await store.releaseSends(worker, [key]);
    return null;
  }

  async #send(job: SendJob): Promise<SendOutcome> {
    const { sender, scheduler, report } = this.#ports;
    const timeout = new AbortController();
    const cancel = scheduler.after(SEND_TIMEOUT_MS, () => timeout.abort(new Error('the channel did not answer')));
    try {
      return await sender.send(job, toOutgoing(job), AbortSignal.any([timeout.signal, this.#stopping.signal]));
    } catch (error) {
      if (!timeout.signal.aborted && !this.#stopping.signal.aborted) {
        report({ what: 'a sender threw', key: job.key, error });
      }
      return { kind: 'retry', error: String(error), retryAfterMs: null, mayHaveArrived: true };
    } finally {
      cancel();
    }
  }

  async #settle(job: SendJob, outcome: SendOutcome): Promise<void> {
    const mark = this.#toMark(job, outcome);
    const marked = await this.#marks.mark(mark);
    if (job.turn === null || marked === null) return;
    if (mark.delivery !== 'failed' && mark.delivery !== 'queued') return;
    const retry = mark.delivery === 'queued';
    const { runtime, report } = this.#ports;
    const { turn } = job;
    const said = await runtime.dispatch(job.key, { type: 'replyUndelivered', turn, messageId: job.message.id, retry });
    if (!said.ok) report({ what: `an undelivered reply was not recorded: ${said.code}`, key: job.key });
  }

  #toMark(job: SendJob, outcome: SendOutcome): DeliveryMark {
    const { clock, random } = this.#ports;
    const base = { key: job.key, messageId: job.message.id, retryAt: null, providerId: null, error: null };
    switch (outcome.kind) {
      case 'sent':
        return { ...base, delivery: 'sent', providerId: outcome.providerId };
      case 'failed':
        return { ...base, delivery: 'failed', error: outcome.error };
      case 'retry': {
        const { error, mayHaveArrived } = outcome;
        const now = clock.now();
        const isTired = job.attempts + 1 >= MAX_ATTEMPTS || now - Date.parse(job.message.createdAt) > MAX_AGE_MS;
        const mayRepeat = !mayHaveArrived || IDEMPOTENT_CHANNELS.includes(job.channelKind);
        if (isTired || !mayRepeat) return { ...base, delivery: mayHaveArrived ? 'uncertain' : 'failed', error };
        const retryAt = outcome === LATE ? now : now + backoffMs(job.attempts, outcome.retryAfterMs, random);
        return { ...base, delivery: mayHaveArrived ? 'uncertain' : 'queued', retryAt, error };
      }
    }
  }
}

/** Nothing was sent: the claim was too old to be trusted. */
const LATE: SendOutcome = {
  kind: 'retry',
  error: 'the sender woke too late after its claim',
  retryAfterMs: null,
  mayHaveArrived: false,
};

function toOutgoing({ key, message }: SendJob): OutgoingMessage {
  const { id, seq, author, text } = message;
  if (author.kind === 'customer') throw new Error('a customer’s message is never sent');
  return { messageId: id, conversationId: key.conversationId, seq, author: { kind: author.kind }, text };
}

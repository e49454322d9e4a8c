import type { Ms } from '@baton/conversation';
import { messageText, type Reply } from '@baton/protocol';
import type { Replier } from '../ports/replier.ts';
import { Batcher } from '../batching/batcher.ts';
import type { Command, Outcome } from '../decide/commands.ts';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { type Cancel, pause, type Scheduler } from '../ports/scheduler.ts';
import type { Signals } from '../actor/signals.ts';
import { type ConversationKey, type ReplyJob, type Store, StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { JobSlots } from './job-slots.ts';
import { Poll } from './poll.ts';
import { readReplyContexts, type ReplyContext, toReplyRequest } from './reply-request.ts';

export interface ReplyWorkerPorts {
  /** This worker's name in the store, unique per process. */
  worker: string;
  store: Store;
  runtime: ConversationRuntime;
  replier: Replier;
  clock: DatabaseClock;
  scheduler: Scheduler;
  signals: Signals;
  report: Report;
  /** Default 250. */
  pollMs?: Ms;
  /** Generations at once, most of which wait for their backend. Default 256. */
  concurrency?: number;
  /** Another worker may take over a dead worker's generation after this. Renewed every quarter of it. Default 4 000. */
  leaseMs?: Ms;
  /** `stop` leaves generations that take longer to another worker. Default 5 000. */
  graceMs?: Ms;
}

interface Generation {
  job: ReplyJob;
  controller: AbortController;
  /** The text so far, from a streaming backend. */
  partial: string;
}

const RETRY_DELAY_MS = 500;

/** Aborts a generation without reporting a failure of the agent. */
class GenerationCancelled extends Error {}

/** The turn is over. The text so far may be kept as a draft (TURN-4). */
class GenerationSuperseded extends GenerationCancelled {}

/** Generates agent replies: durable work under a renewed lease and a hard deadline (TURN-9). */
export class ReplyWorker {
  readonly #ports: ReplyWorkerPorts;
  readonly #poll: Poll;
  readonly #slots: JobSlots;
  readonly #leaseMs: Ms;
  /** Jobs that were claimed together read their contexts together. */
  readonly #contexts: Batcher<ReplyJob, ReplyContext>;
  readonly #generations = new Set<Generation>();
  #cancelRenewal: Cancel = () => {};
  #unsubscribe = (): unknown => undefined;

  constructor(ports: ReplyWorkerPorts) {
    this.#ports = ports;
    this.#slots = new JobSlots(ports.concurrency ?? 256);
    this.#leaseMs = ports.leaseMs ?? 4_000;
    this.#contexts = new Batcher({ parallel: 2, size: 64, run: (jobs) => readReplyContexts(ports.store, jobs) });
    const { scheduler, report, pollMs = 250 } = ports;
    this.#poll = new Poll({ name: 'replies', scheduler, report, intervalMs: pollMs, work: () => this.#work() });
  }

  start(): void {
    this.#unsubscribe = this.#ports.signals.subscribe({
      replyDue: () => this.#poll.nudge(),
      abortReply: (key, turn) => this.#abort(key, turn),
    });
    this.#poll.start();
    this.#scheduleRenewal();
  }

  async stop(): Promise<void> {
    const { scheduler, graceMs = 5_000 } = this.#ports;
    await this.#poll.stop();
    await Promise.race([this.#slots.idle(), pause(scheduler, graceMs)]);
    const left = [...this.#generations];
    for (const { controller } of left) controller.abort(new GenerationCancelled('the server is stopping'));
    await this.#slots.idle();
    this.#unsubscribe();
    this.#cancelRenewal();
    await this.#release(left.map(({ job }) => job));
  }

  async #work(): Promise<boolean> {
    const { store, worker } = this.#ports;
    const limit = this.#slots.free;
    if (limit === 0) return false;
    const jobs = await store.claimReplies(worker, limit, this.#leaseMs);
    for (const job of jobs) void this.#slots.run(this.#generate(job));
    return false;
  }

  async #generate(job: ReplyJob): Promise<void> {
    const { clock, scheduler, report } = this.#ports;
    const generation: Generation = { job, controller: new AbortController(), partial: '' };
    const remainingMs = Math.max(0, job.deadlineAt - clock.now());
    const cancel = scheduler.after(remainingMs, () =>
      generation.controller.abort(new Error('the deadline has passed')),
    );
    this.#generations.add(generation);
    try {
      const command = await this.#reply(generation);
      if (command) await this.#dispatchWithRetry(job, command);
      // Only after success: otherwise this would be a hot loop while the database is away.
      this.#poll.nudge();
    } catch (error) {
      if (error instanceof StoreUnavailable) await this.#release([job]);
      else report({ what: 'a generation failed', key: job.key, error });
    } finally {
      cancel();
      this.#generations.delete(generation);
    }
  }

  /** Turns the backend's answer into a command; null if the turn is over. */
  async #reply(generation: Generation): Promise<Command | null> {
    const { job } = generation;
    const { signal } = generation.controller;
    const { replier } = this.#ports;
    const request = toReplyRequest(job, await this.#contexts.submit(job));
    if (request === null) return null;
    try {
      signal.throwIfAborted();
      const onPartial = (text: string) => void (generation.partial = text);
      return toCommand(job, await orAbort(replier.reply(job, request, signal, onPartial), signal));
    } catch (error) {
      if (signal.reason instanceof GenerationSuperseded) return cutShort(generation);
      if (signal.reason instanceof GenerationCancelled) return null;
      if (error instanceof StoreUnavailable) throw error;
      return failed(job, error instanceof Error ? error.message : String(error));
    }
  }

  /** Retries until the deadline while the database is away: a finished reply must not be lost. */
  async #dispatchWithRetry({ key, deadlineAt }: ReplyJob, command: Command): Promise<Outcome> {
    const { runtime, clock, scheduler } = this.#ports;
    const remainingMs = Math.max(0, deadlineAt - clock.now());
    for (let waitedMs = 0; ; waitedMs += RETRY_DELAY_MS) {
      const outcome = await runtime.dispatch(key, command);
      const isAway = !outcome.ok && outcome.code === 'unavailable';
      if (!isAway || waitedMs >= remainingMs) return outcome;
      await pause(scheduler, RETRY_DELAY_MS);
    }
  }

  #abort(key: ConversationKey, turn: number): void {
    for (const { job, controller } of this.#generations) {
      const isMeant = job.key.conversationId === key.conversationId && job.key.workspaceId === key.workspaceId;
      if (isMeant && job.turn <= turn) controller.abort(new GenerationSuperseded('the turn was superseded'));
    }
  }

  #scheduleRenewal(): void {
    this.#cancelRenewal = this.#ports.scheduler.after(this.#leaseMs / 4, () => {
      void this.#renew().finally(() => this.#scheduleRenewal());
    });
  }

  async #renew(): Promise<void> {
    const { store, worker, report } = this.#ports;
    const generations = [...this.#generations];
    if (generations.length === 0) return;
    try {
      const jobs = generations.map(({ job }) => job);
      const alive = await store.renewReplies(worker, jobs, this.#leaseMs);
      generations.forEach(({ controller }, index) => {
        if (alive[index] === false) controller.abort(new GenerationSuperseded('the turn is over'));
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) report({ what: 'generations could not be renewed', error });
    }
  }

  async #release(jobs: ReplyJob[]): Promise<void> {
    const { store, worker } = this.#ports;
    // If this fails, the claims expire.
    if (jobs.length > 0) await store.releaseReplies(worker, jobs).catch(() => {});
  }
}

/** A text that is not a valid message counts as a failure of the agent. */
function toCommand(job: ReplyJob, reply: Reply): Command {
  const { turn } = job;
  switch (reply.kind) {
    case 'silence':
      return { type: 'replyReady', turn, text: null };
    case 'handoff': {
      const text = messageText.safeParse(reply.text);
      return { type: 'replyHandoff', turn, reason: reply.reason, text: text.success ? text.data : null };
    }
    case 'reply': {
      const text = messageText.safeParse(reply.text);
      if (text.success) return { type: 'replyReady', turn, text: text.data };
      return failed(job, `the reply ${text.error.issues[0]?.message ?? 'is not a text'}`);
    }
  }
}

function cutShort({ job: { turn }, partial }: Generation): Command | null {
  const text = messageText.safeParse(partial);
  return text.success ? { type: 'replyCutShort', turn, text: text.data } : null;
}

function failed({ turn }: ReplyJob, error: string): Command {
  return { type: 'replyFailed', turn, error: error.toWellFormed().replaceAll('\0', '').slice(0, 500) };
}

/** Rejects as soon as the signal aborts, even if the backend ignores it. */
function orAbort<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  answer.then(resolve, reject);
  return promise;
}

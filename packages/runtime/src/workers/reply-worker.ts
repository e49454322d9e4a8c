import type { Ms } from '@baton/conversation';
import { messageText, type Reply } from '@baton/protocol';
import type { Replier } from '../ports/backends.ts';
import { Batcher } from '../batching/batcher.ts';
import type { Command } from '../decide/commands.ts';
import type { ConversationRuntime } from '../actor/conversation-runtime.ts';
import type { DatabaseClock } from '../ports/database-clock.ts';
import { type Cancel, pause, type Scheduler } from '../ports/scheduler.ts';
import type { Signals } from '../actor/signals.ts';
import { type ConversationKey, type ReplyJob, type Store, StoreUnavailable } from '../ports/store.ts';
import type { Report } from '../ports/report.ts';
import { insist } from './insist.ts';
import { Poll } from './poll.ts';
import { type Ground, readGrounds, toReplyRequest } from './reply-request.ts';
import { Slots } from './slots.ts';

export interface ReplyWorkerPorts {
  /** Names this worker in the store: unique per process. */
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
  /** Default 256: generations at once, most of which wait for their backend. */
  concurrency?: number;
  /** Default 4 000: after this a dead worker's generation is another's; renewed four times in it. */
  leaseMs?: Ms;
  /** Default 5 000: on stopping, generations that take longer are left to another worker. */
  graceMs?: Ms;
}

interface Generation {
  job: ReplyJob;
  controller: AbortController;
  /** What a backend that answers bit by bit has said so far. */
  partial: string;
}

/** Why a generation was cut short, other than by its deadline: nothing is to be reported of it. */
class LetGo extends Error {}

/** Its turn is over: what it has said so far is worth keeping (TURN-4). */
class Overtaken extends LetGo {}

/** Has the agent's replies made: durable work under a renewed lease and a hard deadline (TURN-9). */
export class ReplyWorker {
  readonly #ports: ReplyWorkerPorts;
  readonly #poll: Poll;
  readonly #slots: Slots;
  readonly #leaseMs: Ms;
  /** What was claimed together is read together. */
  readonly #grounds: Batcher<ReplyJob, Ground>;
  readonly #generations = new Set<Generation>();
  #cancelRenewal: Cancel = () => {};
  #unsubscribe = (): unknown => undefined;

  constructor(ports: ReplyWorkerPorts) {
    this.#ports = ports;
    this.#slots = new Slots(ports.concurrency ?? 256);
    this.#leaseMs = ports.leaseMs ?? 4_000;
    this.#grounds = new Batcher({ parallel: 2, size: 64, run: (jobs) => readGrounds(ports.store, jobs) });
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
    for (const { controller } of left) controller.abort(new LetGo('the server stops'));
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
    for (const job of jobs) void this.#slots.run(this.#make(job));
    return false;
  }

  async #make(job: ReplyJob): Promise<void> {
    const { clock, scheduler, report } = this.#ports;
    const generation: Generation = { job, controller: new AbortController(), partial: '' };
    const remainingMs = Math.max(0, job.deadlineAt - clock.now());
    const cancel = scheduler.after(remainingMs, () =>
      generation.controller.abort(new Error('the deadline has passed')),
    );
    this.#generations.add(generation);
    try {
      const command = await this.#reply(generation);
      // A reply outlives a database that is away for a moment; its turn says whether it is still wanted.
      if (command) await insist(this.#ports, job.key, command, Math.max(0, job.deadlineAt - clock.now()));
      // Not after a failure of the database: that would be a hot loop while it is away.
      this.#poll.nudge();
    } catch (error) {
      if (error instanceof StoreUnavailable) await this.#release([job]);
      else report({ what: 'a generation ended in a bug', key: job.key, error });
    } finally {
      cancel();
      this.#generations.delete(generation);
    }
  }

  /** The command that the backend's answer becomes; null if nobody wants it any more. */
  async #reply(generation: Generation): Promise<Command | null> {
    const { job } = generation;
    const { signal } = generation.controller;
    const { replier } = this.#ports;
    const request = toReplyRequest(job, await this.#grounds.submit(job));
    if (request === null) return null;
    try {
      signal.throwIfAborted();
      const onPartial = (text: string) => void (generation.partial = text);
      return toCommand(job, await orAbort(replier.reply(job, request, signal, onPartial), signal));
    } catch (error) {
      if (signal.reason instanceof Overtaken) return cutShort(generation);
      if (signal.reason instanceof LetGo) return null;
      if (error instanceof StoreUnavailable) throw error;
      return failed(job, error instanceof Error ? error.message : String(error));
    }
  }

  #abort(key: ConversationKey, turn: number): void {
    for (const { job, controller } of this.#generations) {
      const isMeant = job.key.conversationId === key.conversationId && job.key.workspaceId === key.workspaceId;
      if (isMeant && job.turn <= turn) controller.abort(new Overtaken('the ground of the reply is gone'));
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
        if (alive[index] === false) controller.abort(new Overtaken('the turn is over'));
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) report({ what: 'generations could not be renewed', error });
    }
  }

  async #release(jobs: ReplyJob[]): Promise<void> {
    const { store, worker } = this.#ports;
    // Their leases end by themselves should this fail.
    if (jobs.length > 0) await store.releaseReplies(worker, jobs).catch(() => {});
  }
}

/** A text that could not be a message counts as failure of the agent. */
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

/** The answer, or a rejection as soon as the signal aborts: a backend that does not listen holds nobody up. */
function orAbort<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  answer.then(resolve, reject);
  return promise;
}

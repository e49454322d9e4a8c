import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Ms } from '@baton/conversation';
import {
  ConversationRuntime,
  DatabaseClock,
  DeliveryWorker,
  ReplyWorker,
  Signals,
  TimerWorker,
  TypingLeases,
  type Publisher,
  type Replier,
  type Report,
  type Scheduler,
  type Sender,
  type Store,
} from '@baton/runtime';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { ReplyInvalidations } from '../cluster/join-engines.ts';
import { outage } from '../logging/outage.ts';
import type { ConnectionTyping, TypingPort } from '../ports.ts';
import type { Every } from '../timing/every.ts';

export interface EngineParts {
  store: Store;
  clock: DatabaseClock;
  publisher: Publisher;
  scheduler: Scheduler;
  every: Every;
  logger: Logger;
  /** A conversation was quarantined. */
  onQuarantine?: () => void;
}

/** The runtime, its typing leases and its workers. It takes commands at once; `work` starts the workers. */
export interface Engine {
  runtime: ConversationRuntime;
  typing: ConnectionTyping;
  /** Typing over HTTP: requests of one writer may reach any node (HOLD-4). */
  requestTyping: TypingPort;
  /** Generations that commits of this node or of others have cancelled. */
  invalidations: ReplyInvalidations;
  /** The database's clock, as estimated by this node. */
  now: () => Ms;
  /** Starts the workers for replies, deliveries and deadlines. */
  work(backends: { replier: Replier; sender: Sender }): void;
  /** Finishes current work: replies and sends get 5 s. */
  stop(): Promise<void>;
}

export function databaseClock(): DatabaseClock {
  return new DatabaseClock(() => performance.now(), Date.now);
}

/** @throws StoreUnavailable if the database does not tell its time */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { store, clock, publisher, scheduler, every, logger, onQuarantine } = parts;
  clock.learn(await store.now());
  const signals = new Signals();
  const report: Report = ({ what, key, error, isQuarantine }) => {
    logger.error({ err: error, ...key }, what);
    if (isQuarantine) onQuarantine?.();
  };
  const onCommit = outage(logger, 'writing to the database');
  const runtime = new ConversationRuntime({ store, publisher, clock, scheduler, signals, report, onCommit });
  const leases = new TypingLeases({ store, runtime, clock, scheduler, report });
  const stopLearning = keepLearning(store, clock, every, logger);
  const ports = { store, runtime, publisher, clock, scheduler, signals, report, worker: workerName() };

  let workers: { start(): void; stop(): Promise<void> }[] = [];
  return {
    runtime,
    typing: connectionTyping(leases),
    requestTyping: requestTyping(leases),
    invalidations: {
      onLocal: (listener) => void signals.subscribe({ replyInvalidated: listener }),
      applyRemote: (key, turn) => signals.abortReply(key, turn),
    },
    now: () => clock.now(),
    work({ replier, sender }) {
      workers = [
        new TimerWorker(ports),
        new ReplyWorker({ ...ports, replier }),
        new DeliveryWorker({ ...ports, sender, random: Math.random }),
      ];
      for (const worker of workers) worker.start();
    },
    async stop() {
      await leases.stop();
      await Promise.all(workers.map((worker) => worker.stop()));
      await runtime.stop();
      stopLearning();
    },
  };
}

/** Follows the database's clock, and logs outages: all other users of the database retry silently. */
function keepLearning(store: Store, clock: DatabaseClock, every: Every, logger: Logger): () => void {
  const database = outage(logger, 'the database');
  return every(1_000, () => {
    store.now().then((now) => {
      clock.learn(now);
      database.worked();
    }, database.failed);
  });
}

/** Unique per process, and readable for an operator. */
function workerName(): string {
  return `${hostname().slice(0, 60)} ${process.pid} ${v7()}`;
}

function requestTyping(leases: TypingLeases): TypingPort {
  return {
    beat: async (key, by, credentialId) => (await leases.typing(key, by, writerOf(credentialId))) ?? { ok: true },
    stop: (key, by, credentialId) => leases.stoppedAnywhere(key, by, writerOf(credentialId)),
  };
}

/** The history of a conversation shows lease ids, so they must not reveal a credential. */
function writerOf(credentialId: string): string {
  return createHash('sha256').update(credentialId).digest('base64url').slice(0, 16);
}

function connectionTyping(leases: TypingLeases): ConnectionTyping {
  const renewed = { ok: true } as const;
  return {
    beat: async (key, by, writer) => (await leases.typing(key, by, writer)) ?? renewed,
    stop: async (key, _by, writer) => (await leases.stopped(key, writer)) ?? renewed,
    connectionLost: (connectionId) => leases.disconnected(connectionId),
  };
}

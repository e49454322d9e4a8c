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
  type ConversationKey,
  type Publisher,
  type Replier,
  type Report,
  type Scheduler,
  type Sender,
  type Store,
} from '@baton/runtime';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { TypingPort } from '../deps.ts';
import { outage } from '../logging/outage.ts';
import type { ConnectionTyping, Every } from '../realtime/ports.ts';

export interface EngineParts {
  store: Store;
  publisher: Publisher;
  scheduler: Scheduler;
  every: Every;
  logger: Logger;
  /** A conversation was set aside. */
  onQuarantine?: () => void;
}

/** Generations whose ground is gone (TURN-3), between this node and the others. */
export interface Abortions {
  onHere(tell: (key: ConversationKey, turn: number) => void): void;
  elsewhere(key: ConversationKey, turn: number): void;
}

/** The runtime and its typing leases: what takes commands. Its workers start when there is something to work for. */
export interface Engine {
  runtime: ConversationRuntime;
  typing: ConnectionTyping;
  /** Without a connection: requests of one writer may come to any node (HOLD-4). */
  requestTyping: TypingPort;
  /** The ground of generations that this node's commits have taken away, and that other nodes' have. */
  abortions: Abortions;
  /** The database's clock, as near as this node knows it. */
  now: () => Ms;
  /** Starts making replies, sending messages and passing deadlines. */
  work(backends: { replier: Replier; sender: Sender }): void;
  /** Finishes what is held: replies and sends under way get five seconds. */
  stop(): Promise<void>;
}

/** @throws StoreUnavailable when the database does not say its time */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { store, publisher, scheduler, every, logger, onQuarantine } = parts;
  const clock = new DatabaseClock(() => performance.now(), Date.now);
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
    abortions: {
      onHere: (tell) => void signals.subscribe({ replyInvalidated: tell }),
      elsewhere: (key, turn) => signals.abortReply(key, turn),
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

/** Follows the database's clock, and says when the database goes and comes: its users only try again, silently. */
function keepLearning(store: Store, clock: DatabaseClock, every: Every, logger: Logger): () => void {
  const database = outage(logger, 'the database');
  return every(1_000, () => {
    store.now().then((now) => {
      clock.learn(now);
      database.worked();
    }, database.failed);
  });
}

/** Unique per process, and says to an operator which one it is. */
function workerName(): string {
  return `${hostname().slice(0, 60)} ${process.pid} ${v7()}`;
}

function requestTyping(leases: TypingLeases): TypingPort {
  return {
    beat: async (key, by, credentialId) => (await leases.typing(key, by, writerOf(credentialId))) ?? { ok: true },
    stop: (key, by, credentialId) => leases.stoppedAnywhere(key, by, writerOf(credentialId)),
  };
}

/** Lease ids are shown in the history of a conversation: nothing of a credential may be in them. */
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

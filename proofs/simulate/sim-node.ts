import {
  type ConversationRuntime,
  DatabaseClock,
  DeliveryWorker,
  type Publisher,
  ReplyWorker,
  type RuntimePorts,
  type Sender,
  Signals,
  type Store,
  TimerWorker,
  type Incident,
  TypingLeases,
} from '@baton/runtime';
import type { Kernel } from './kernel.ts';
import { simulatedAgent } from './sim-agent.ts';

export interface SimNode {
  name: string;
  /** Owns everything that a crash loses. */
  owner: symbol;
  runtime: ConversationRuntime;
  typing: TypingLeases;
  /** Stops as the server does on SIGTERM. */
  stop(): Promise<void>;
}

export interface SimNodeParts {
  kernel: Kernel;
  name: string;
  /** Changes with each start. */
  worker: string;
  owner: symbol;
  store: Store;
  sender: Sender;
  publisher: Publisher;
  report: (incident: Incident) => void;
  newId: () => string;
  monotonic: () => number;
  /** Broken variants replace the runtime. */
  makeRuntime: (ports: RuntimePorts) => ConversationRuntime;
}

/** Polls are rarer than in production, to leave more moves for races. Hints make polls rarely necessary. */
const POLL_MS = 3_000;

/** One server process without HTTP and sockets: the real runtime, workers and leases. */
export function startNode(parts: SimNodeParts): SimNode {
  const { kernel, name, worker, owner, store, sender, publisher, report, newId } = parts;
  const clock = new DatabaseClock(parts.monotonic, () => kernel.now);
  clock.learn(kernel.now);
  const signals = new Signals();
  const scheduler = kernel.scheduler(owner, `${name} timer`);
  const ports = { store, publisher, clock, scheduler, signals, report, newId };
  const runtime = parts.makeRuntime(ports);
  const typing = new TypingLeases({ ...ports, runtime });
  const replier = simulatedAgent(kernel, name, owner);
  const workers = [
    new TimerWorker({ ...ports, runtime, pollMs: POLL_MS }),
    new ReplyWorker({ ...ports, runtime, worker, replier, pollMs: POLL_MS, leaseMs: 8_000 }),
    new DeliveryWorker({ ...ports, runtime, worker, sender, random: () => 0.5, pollMs: POLL_MS }),
  ];
  for (const it of workers) it.start();
  return {
    name,
    owner,
    runtime,
    typing,
    async stop() {
      await typing.stop();
      await Promise.all(workers.map((it) => it.stop()));
      await runtime.stop();
    },
  };
}

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
  /** Everything that is lost when it crashes belongs to this. */
  owner: symbol;
  runtime: ConversationRuntime;
  typing: TypingLeases;
  /** As the server does on SIGTERM. */
  stop(): Promise<void>;
}

export interface SimNodeParts {
  kernel: Kernel;
  name: string;
  /** Another one after each start. */
  worker: string;
  owner: symbol;
  store: Store;
  sender: Sender;
  publisher: Publisher;
  report: (incident: Incident) => void;
  newId: () => string;
  monotonic: () => number;
  /** A variant that is broken on purpose has a runtime of its own. */
  makeRuntime: (ports: RuntimePorts) => ConversationRuntime;
}

/** Rarer looks than in production leave a schedule more of its moves for what matters; hints make them rarely needed. */
const POLL_MS = 3_000;

/** One server process without its edges: the real runtime, workers and leases. */
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

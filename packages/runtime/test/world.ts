import type { Conversation, Delivery, Draft, Message, Person, Reply, SendOutcome } from '@baton/protocol';
import {
  type Command,
  type ConversationKey,
  ConversationRuntime,
  DatabaseClock,
  DeliveryWorker,
  type Outcome,
  type Publisher,
  type Replier,
  ReplyWorker,
  type RuntimeLimits,
  type Sender,
  Signals,
  type Store,
  TimerWorker,
  type Incident,
  TypingLeases,
} from '../src/index.ts';
import type { MemoryStoreOptions } from '@baton/store-contract/memory';
import { FakeScheduler } from '@baton/store-contract/testing';
import { type MemoryFixture, memoryFixture } from '@baton/store-contract/testing';
import type { FixtureConversation } from '@baton/store-contract/testing';

export const TOM: Person = { id: '0193a000-0000-7000-8000-00000000000a', name: 'Tom' };
export const UMA: Person = { id: '0193a000-0000-7000-8000-00000000000b', name: 'Uma' };

export interface Published {
  changed: { conversation: Conversation; messages: Message[] }[];
  delivered: Message[];
  drafted: Draft[];
  /** How often clients were published to read the conversation again. */
  rereads: number;
}

/** One server process without HTTP, sockets and a database. */
export interface Node {
  runtime: ConversationRuntime;
  clock: DatabaseClock;
  signals: Signals;
  typing: TypingLeases;
  published: Published;
  timers: TimerWorker;
  replies: ReplyWorker;
  deliveries: DeliveryWorker;
  startWorkers(): void;
}

export interface World {
  time: FakeScheduler;
  fixture: MemoryFixture;
  incidents: Incident[];
  node(options?: NodeOptions): Promise<Node>;
  /** Suspends the machine of all nodes for `ms`, including their monotonic clocks. */
  suspend(ms: number): void;
}

export interface NodeOptions {
  store?: Store;
  limits?: Partial<RuntimeLimits>;
  replier?: Replier;
  sender?: Sender;
}

/** Nodes over one memory store, in time that the test advances. */
export function makeWorld(options: Pick<MemoryStoreOptions, 'seam'> = {}): World {
  const time = new FakeScheduler();
  const fixture = memoryFixture({ ...options, now: () => time.now });
  const incidents: Incident[] = [];
  let nodes = 0;
  let suspendedFor = 0;
  return { time, fixture, incidents, node, suspend };

  function suspend(ms: number): void {
    time.now += ms;
    suspendedFor += ms;
  }

  async function node({ store = fixture.store, limits, replier, sender }: NodeOptions = {}): Promise<Node> {
    nodes += 1;
    const worker = `worker-${nodes}`;
    const skew = nodes * 1_000_000;
    const clock = new DatabaseClock(
      () => time.now - suspendedFor - skew,
      () => time.now,
    );
    clock.learn(await fixture.store.now());
    const signals = new Signals();
    const published: Published = { changed: [], delivered: [], drafted: [], rereads: 0 };
    const publisher: Publisher = {
      changed: (_, conversation, messages) => published.changed.push({ conversation, messages }),
      delivered(_, messages) {
        published.delivered.push(...messages);
        if (messages.length === 0) published.rereads += 1;
      },
      drafted: (_, draft) => published.drafted.push(draft),
    };
    const report = (incident: Incident): void => void incidents.push(incident);
    const ports = { store, publisher, clock, scheduler: time, signals, report };
    const runtime = new ConversationRuntime({ ...ports, limits });
    const timers = new TimerWorker({ ...ports, runtime });
    const replies = new ReplyWorker({ ...ports, runtime, worker, replier: replier ?? answering('Hello') });
    const deliveries = new DeliveryWorker({
      ...ports,
      runtime,
      worker,
      sender: sender ?? { send: () => Promise.resolve(SENT) },
      random: () => 0.5,
    });
    const startWorkers = (): void => {
      timers.start();
      replies.start();
      deliveries.start();
    };
    const typing = new TypingLeases({ ...ports, runtime });
    return { runtime, clock, signals, typing, published, timers, replies, deliveries, startWorkers };
  }
}

export const SENT: SendOutcome = { kind: 'sent', providerId: null };

export function answering(text: string): Replier {
  return { reply: () => Promise.resolve<Reply>({ kind: 'reply', text }) };
}

export function customerSays(text: string, change: Partial<Extract<Command, { type: 'receive' }>> = {}): Command {
  return {
    type: 'receive',
    from: 'customer',
    text,
    externalId: null,
    clientMessageId: null,
    sentAt: null,
    automated: false,
    imported: false,
    ...change,
  };
}

let sends = 0;

export function says(by: Person, text: string, change: Partial<Extract<Command, { type: 'send' }>> = {}): Command {
  sends += 1;
  const clientMessageId = `client-${sends}`;
  return { type: 'send', by, text, clientMessageId, lastSeenSeq: null, force: true, note: false, ...change };
}

export function setReplies(by: Person, enabled: boolean, instruction: string | null = null): Command {
  return { type: 'setAgentReplies', by, enabled, instruction, assign: false };
}

/** The outcome of a command that must be accepted. */
export async function done(outcome: Promise<Outcome>): Promise<Extract<Outcome, { ok: true }>> {
  const it = await outcome;
  if (!it.ok) throw new Error(`refused: ${it.code} ${it.detail ?? ''}`);
  return it;
}

export function stateOf(world: World, of: FixtureConversation): string {
  return world.fixture.store.row(of.key).view.state;
}

/** Texts with their deliveries, by seq. */
export function transcriptOf(world: World, key: ConversationKey): string[] {
  return world.fixture.store
    .row(key)
    .messages.map(
      ({ message }) => `${message.author.kind}: ${message.text}${message.delivery ? ` (${message.delivery})` : ''}`,
    );
}

/** Lets the customer write and a generation start. Gives its turn. */
export async function generating(world: World, node: Node, of: FixtureConversation): Promise<number> {
  await done(node.runtime.dispatch(of.key, customerSays('hello')));
  await world.time.advance(2_000);
  await done(node.runtime.dispatch(of.key, { type: 'wake' }));
  const { generation } = world.fixture.store.row(of.key).view;
  if (!generation) throw new Error('nothing is being generated');
  return generation.turn;
}

/** Commits a reply of the agent. Gives its message's id. */
export async function replied(world: World, node: Node, of: FixtureConversation, text: string): Promise<string> {
  const turn = await generating(world, node, of);
  const { message } = await done(node.runtime.dispatch(of.key, { type: 'replyReady', turn, text }));
  if (!message) throw new Error('the reply was not committed');
  return message.id;
}

export async function deliveryOf(world: World, of: FixtureConversation, id: string): Promise<Delivery | null> {
  const message = await world.fixture.store.readMessage(of.key, id);
  if (!message) throw new Error(`there is no message ${id}`);
  return message.delivery;
}

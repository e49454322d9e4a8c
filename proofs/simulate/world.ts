import type { Rules } from '@baton/conversation';
import { ConversationRuntime, type RuntimePorts, type Sender, type Incident } from '@baton/runtime';
import { MemoryStore } from '@baton/store-contract/memory';
import { count, type Tally } from '../tally.ts';
import { perform } from './acts.ts';
import { Clients } from './clients.ts';
import { Kernel } from './kernel.ts';
import type { Move, NodeNumber } from './move.ts';
import { Observer } from './observer.ts';
import { SimChannel } from './sim-channel.ts';
import { type SimNode, startNode } from './sim-node.ts';
import { simulatedStore } from './sim-store.ts';

/** A part that is broken on purpose, so that the checks must notice it. */
export interface Variant {
  makeStore?(now: () => number): MemoryStore;
  makeRuntime?(ports: RuntimePorts, store: MemoryStore): ConversationRuntime;
  wrapSender?(sender: Sender, kernel: Kernel, owner: symbol): Sender;
  /** Replaces each node's own monotonic clock. */
  monotonic?(): number;
  /** The kind of the channels, as the store sees it. */
  channelKind?: string;
}

const AGENT = 'agent';
const RULES: Rules = {
  muteWhenHumanActive: true,
  humanPriorityWindowSeconds: 10,
  replyDelaySeconds: 2,
  version: 1,
  paused: false,
};

/** Nodes start at different times, and their clocks drift. */
const SKEWS = [0, 1_000_000, -77_777] as const;
const RATES = [1, 1.00005, 0.99995] as const;

/** Simulated nodes over one store, with two customers of two companies. */
export class World {
  readonly kernel = new Kernel();
  readonly store: MemoryStore;
  readonly observer: Observer;
  readonly channel: SimChannel;
  readonly clients: Clients;
  readonly nodes: (SimNode | null)[] = [null, null, null];
  readonly tally: Tally;
  readonly keys = [0, 1].map((n) => ({ workspaceId: `workspace-${n}`, conversationId: `conversation-${n}` }));
  readonly #variant: Variant;
  #starts = 0;
  #ids = 0;
  #faults = 0;

  constructor(tally: Tally, variant: Variant = {}) {
    this.tally = tally;
    this.#variant = variant;
    const now = (): number => this.kernel.now;
    this.store = variant.makeStore?.(now) ?? new MemoryStore({ now });
    this.store.setRules(AGENT, RULES);
    // One channel is idempotent, the other is not.
    const kinds = ['http', 'whatsapp'] as const;
    for (const [n, key] of this.keys.entries()) {
      const customer = { id: `customer-${n}`, name: 'Cleo' };
      const channelKind = variant.channelKind ?? kinds[n] ?? 'http';
      this.store.addConversation({
        key,
        channelId: `channel-${n}`,
        channelKind,
        recipient: customer.id,
        customer,
        agentId: AGENT,
      });
    }
    const rows = this.keys.map((key) => () => this.store.row(key));
    this.observer = new Observer(rows, () => this.store.rulesOf(AGENT), now, tally);
    this.channel = new SimChannel(this.kernel, this.observer, (conversationId) =>
      conversationId === 'conversation-0' ? 'http' : 'whatsapp',
    );
    this.clients = new Clients(this.kernel, this.observer, tally, (which) => this.#nodeFor(which));
    for (const number of [0, 1] as const) this.#start(number);
  }

  get events(): number {
    return this.keys.reduce((sum, key) => sum + this.store.row(key).transitions.length, 0);
  }

  get faults(): number {
    return this.#faults;
  }

  /** Starts a node if none is running. */
  start(): void {
    if (!this.nodes[0]) this.#start(0);
  }

  #fault(what: string): void {
    this.#faults += 1;
    count(this.tally, 'faults', what);
  }

  /** True if the move was possible. */
  apply(move: Move): boolean {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is what happens to nodes
    switch (move.do) {
      case 'go on': {
        const isDone = this.kernel.goOn(move.what, move.nth, move.how);
        if (isDone && FAULTS.has(move.how)) this.#fault(move.how);
        return isDone;
      }
      case 'time':
        this.kernel.pass(move.ms);
        return true;
      case 'act': {
        count(this.tally, 'acts', move.act.act);
        const key = this.keys[move.in];
        if (!key) return false;
        const { clients, channel } = this;
        const node = this.nodes[move.at] ?? null;
        perform(move.act, { node, number: move.at, row: this.store.row(key), clients, channel, now: this.kernel.now });
        return true;
      }
      case 'rules':
        count(this.tally, 'acts', 'rules change');
        this.store.setRules(AGENT, { ...move.change, version: this.store.rulesOf(AGENT).version + 1 });
        return true;
      default:
        return this.#disturb(move);
    }
  }

  #disturb(move: Extract<Move, { do: 'crash' | 'stop' | 'start' | 'freeze' }>): boolean {
    const node = this.nodes[move.node];
    if (move.do === 'start') {
      if (!node) this.#start(move.node);
      return !node;
    }
    if (!node) return false;
    this.#fault(`node: ${move.do}`);
    switch (move.do) {
      case 'crash':
        this.nodes[move.node] = null;
        this.kernel.crash(node.owner, move.landing);
        this.clients.crashed(node.owner);
        return true;
      case 'stop':
        // The node answers its accepted requests; new ones go to other nodes.
        this.nodes[move.node] = null;
        void node.stop().then(() => this.clients.crashed(node.owner));
        return true;
      case 'freeze':
        this.kernel.freeze(node.owner, move.ms);
        return true;
    }
  }

  #nodeFor(which: number | null): SimNode | null {
    return (which === null ? this.nodes.find((node) => node !== null) : this.nodes[which]) ?? null;
  }

  #start(number: NodeNumber): void {
    const name = `node ${number}`;
    const owner = Symbol(name);
    this.#starts += 1;
    const { kernel, observer } = this;
    const began = kernel.now;
    const sender = this.channel.sender(name, owner);
    this.nodes[number] = startNode({
      kernel,
      name,
      owner,
      worker: `${name}, start ${this.#starts}`,
      store: simulatedStore(this.store, { name, owner }, { kernel, observer }),
      sender: this.#variant.wrapSender?.(sender, kernel, owner) ?? sender,
      publisher: {
        changed: (key, conversation, messages) => observer.shown(key, conversation, messages),
        delivered: (key, messages) => observer.shown(key, null, messages),
        drafted: () => {},
      },
      report: (incident) => this.#incident(incident),
      newId: () => `id-${(this.#ids += 1)}`,
      monotonic: this.#variant.monotonic ?? (() => (kernel.now - began) * RATES[number] + SKEWS[number]),
      makeRuntime: (ports) => this.#variant.makeRuntime?.(ports, this.store) ?? new ConversationRuntime(ports),
    });
  }

  #incident({ what, error }: Incident): void {
    count(this.tally, 'reports', what.replace(/:.*/, ''));
    // Incidents that the simulated outages cause are not faults of the code.
    if (error !== undefined)
      this.observer.breaks(`a bug is reported: ${what}: ${error instanceof Error ? error.message : 'not an error'}`);
  }
}

/** Outcomes that are faults of the network, a channel or the agent. */
const FAULTS = new Set([
  'request lost',
  'answer lost',
  'lost',
  'given up on',
  'no',
  'not now',
  'arrived, answer lost',
  'lost, answer lost',
  'never answers',
  'lands',
  'vanishes',
  'fails',
  'answers and ignores aborts',
]);

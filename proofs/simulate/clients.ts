import type { Command, ConversationKey, ConversationRuntime, Outcome } from '@baton/runtime';
import { count, type Tally } from '../tally.ts';
import type { Kernel } from './kernel.ts';
import type { Observer } from './observer.ts';

/** One request, until its client knows the outcome. */
interface Ask {
  name: string;
  key: ConversationKey;
  command: Command;
  /** If the request makes a message: a text that identifies it. */
  text: string | null;
  answer: 'none' | 'acknowledged' | 'refused';
  messageId: string | null;
}

interface Server {
  owner: symbol;
  runtime: ConversationRuntime;
}

const RETRY = ['on any node', 'on node 0', 'on node 1', 'on node 2'] as const;

/** Customers, providers and teammates, who retry by the same id when they get no answer. */
export class Clients {
  readonly asks: Ask[] = [];
  /** Echoes that must be recognised as ours. */
  readonly ownEchoes: { key: ConversationKey; externalId: string }[] = [];
  /** Requests that wait for a node's answer. */
  #waiting: { ask: Ask; owner: symbol }[] = [];
  readonly #kernel: Kernel;
  readonly #observer: Observer;
  readonly #tally: Tally;
  readonly #nodeFor: (which: number | null) => Server | null;

  constructor(kernel: Kernel, observer: Observer, tally: Tally, nodeFor: (which: number | null) => Server | null) {
    this.#kernel = kernel;
    this.#observer = observer;
    this.#tally = tally;
    this.#nodeFor = nodeFor;
  }

  get unanswered(): number {
    return this.#waiting.length;
  }

  ask(node: number, name: string, key: ConversationKey, command: Command, text: string | null = null): void {
    const ask: Ask = { name, key, command, text, answer: 'none', messageId: null };
    this.asks.push(ask);
    this.#try(ask, node);
  }

  /** Drops the connections to a node, and their unanswered requests. */
  crashed(owner: symbol): void {
    const lost = this.#waiting.filter((it) => it.owner === owner);
    this.#waiting = this.#waiting.filter((it) => it.owner !== owner);
    for (const { ask } of lost) this.#unheard(ask);
  }

  #try(ask: Ask, which: number | null): void {
    const node = this.#nodeFor(which);
    if (!node) return this.#unheard(ask);
    const waiting = { ask, owner: node.owner };
    this.#waiting.push(waiting);
    void node.runtime.dispatch(ask.key, ask.command).then((outcome) => {
      const index = this.#waiting.indexOf(waiting);
      // The node has crashed meanwhile, so its answer is lost.
      if (index < 0) return;
      this.#waiting.splice(index, 1);
      this.#heard(ask, outcome);
    });
  }

  #heard(ask: Ask, outcome: Outcome): void {
    if (outcome.ok) return this.#acknowledged(ask, outcome);
    count(this.#tally, 'answers', outcome.code);
    if (outcome.code === 'unavailable') return this.#unheard(ask);
    if (outcome.code === 'quarantined' || outcome.code === 'not_found') {
      this.#observer.breaks(`[TIME-2] ${ask.name} is answered ${outcome.code}`);
    }
    if (ask.answer === 'acknowledged') this.#observer.breaks(`[SEND-6] ${ask.name} is acknowledged, then refused`);
    ask.answer = 'refused';
  }

  #acknowledged(ask: Ask, { message, duplicate }: Extract<Outcome, { ok: true }>): void {
    count(this.#tally, 'answers', duplicate ? 'a duplicate' : 'ok');
    if (ask.text !== null) {
      const isSame = ask.messageId === null || ask.messageId === message?.id;
      if (message === null) this.#observer.breaks(`[SEND-6] ${ask.name} is acknowledged without its message`);
      else if (message.text !== ask.text || !isSame) this.#observer.breaks(`[SEND-6] ${ask.name} got another answer`);
      if (ask.answer === 'refused') this.#observer.breaks(`[SEND-6] ${ask.name} is refused, then acknowledged`);
      ask.messageId = message?.id ?? null;
    }
    ask.answer = 'acknowledged';
  }

  /** Retries requests that have an id, on any node. */
  #unheard(ask: Ask): void {
    if (ask.text === null) return;
    void this.#kernel.park(`retry of ${ask.name}`, null, RETRY).then((how) => {
      count(this.#tally, 'faults', 'retried by a client');
      this.#try(ask, how === 'on any node' ? null : Number(how.slice(-1)));
    });
  }
}

import { v7 } from 'uuid';
import type { Every } from '../realtime/ports.ts';
import type { Channel, ChannelListener } from './channel.ts';
import type { NodeListener, NodeTalk } from './cluster-bus.ts';
import { Peers } from './peers.ts';
import type { Seal } from './signature.ts';
import { frame, type Frame, word as wordSchema, type Word } from './messages.ts';

export interface NodeBusParts {
  seal: Seal;
  every: Every;
  open: (listener: ChannelListener) => Channel;
  /** How long a goodbye may take. */
  farewell: () => Promise<void>;
  onError: (error: unknown) => void;
}

/** Words that wait while one frame is on its way. Beyond these it is too slow, and all that wait are dropped. */
const MOST_WAITING = 1_000;
const WORDS_IN_FRAME = 64;
/** Signs of life that this node has sent and not heard itself. */
const DEAF_AFTER = 3;
const ROUND_MS = 1_000;

/**
 * Talk between nodes over a channel that may lose anything. Words are numbered, so a loss is noticed by whoever lacks one;
 * each node hears itself, so it notices its own deafness. What cannot be said now is dropped, never kept for later: the
 * database has it.
 */
export class NodeBus implements NodeTalk {
  readonly #parts: NodeBusParts;
  readonly #channel: Channel;
  readonly #id = v7();
  readonly #peers = new Peers();
  readonly #listeners: NodeListener[] = [];
  readonly #stopRounds: () => void;
  #waiting: Word[] = [];
  /** The number of the first word that waits. */
  #first = 0;
  #saying: Promise<void> | null = null;
  #unheard = 0;

  constructor(parts: NodeBusParts) {
    this.#parts = parts;
    this.#channel = parts.open({ heard: (text) => this.#safely(() => this.#hear(text)), opened: () => this.#opened() });
    this.#stopRounds = parts.every(ROUND_MS, () => this.#round());
  }

  get peers(): number {
    return this.#channel.isOpen ? this.#peers.heard : 0;
  }

  listen(listener: NodeListener): void {
    this.#listeners.push(listener);
  }

  tell(word: Word): void {
    if (!this.#channel.isOpen || this.#waiting.length >= MOST_WAITING) this.#dropWaiting();
    if (this.#channel.isOpen) this.#waiting.push(word);
    else this.#first += 1;
    this.#saying ??= this.#say().finally(() => (this.#saying = null));
  }

  async close(): Promise<void> {
    this.#stopRounds();
    this.tell({ type: 'bye' });
    await Promise.race([this.#saying, this.#parts.farewell()]);
    await this.#channel.close();
  }

  /** Frames one after the other: while one is on its way, the next fills. */
  async #say(): Promise<void> {
    // After this tick: what is told in it goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const words = this.#waiting.splice(0, WORDS_IN_FRAME);
      const first = this.#first;
      this.#first += words.length;
      // What is lost here shows as a gap to the others.
      await this.#send(words, first).catch(() => this.#dropWaiting());
    }
  }

  #send(words: Word[], first: number): Promise<void> {
    const said: Frame = { node: this.#id, first, words };
    return this.#channel.say(this.#parts.seal.close(JSON.stringify(said)));
  }

  #dropWaiting(): void {
    this.#first += this.#waiting.length;
    this.#waiting = [];
  }

  #opened(): void {
    this.#unheard = 0;
    this.#peers.listenAnew();
    this.tell({ type: 'ask', node: null });
    // Whatever was said meanwhile was not heard here.
    this.#notify((listener) => listener.missed?.());
  }

  #round(): void {
    for (const node of this.#peers.round()) this.#notify((listener) => listener.gone?.(node));
    if (!this.#channel.isOpen) return;
    this.#unheard += 1;
    if (this.#unheard > DEAF_AFTER) {
      this.#unheard = 0;
      this.#channel.reopen();
    } else if (this.#saying === null) {
      void this.#send([], this.#first).catch(() => {});
    }
  }

  #hear(text: string): void {
    const said = this.#read(text);
    if (said === null) return;
    if (said.node === this.#id) {
      this.#unheard = 0;
      return;
    }
    const { isNew, isBehind, words } = this.#peers.hear(said);
    const parsed = words.map((word) => wordSchema.safeParse(word));
    const known = parsed.flatMap(({ data }) => data ?? []);
    for (const word of known) this.#take(word, said.node);
    if (known.some(({ type }) => type === 'bye')) return;
    if (isBehind) this.tell({ type: 'ask', node: said.node });
    const isMissing = isBehind && !isNew;
    if (isMissing || known.length < parsed.length) this.#notify((listener) => listener.missed?.());
  }

  #take(word: Word, node: string): void {
    if (word.type === 'bye') {
      this.#peers.forget(node);
      this.#notify((listener) => listener.gone?.(node));
    } else if (word.type === 'ask') {
      if (word.node === null || word.node === this.#id) this.#notify((listener) => listener.asked?.());
    } else {
      this.#notify((listener) => listener.heard?.(word, node));
    }
  }

  /** Null for what no node of ours has said. */
  #read(text: string): Frame | null {
    const opened = this.#parts.seal.open(text);
    if (opened === null) return null;
    const parsed = frame.safeParse(JSON.parse(opened));
    return parsed.success ? parsed.data : null;
  }

  #notify(tell: (listener: NodeListener) => void): void {
    for (const listener of this.#listeners) this.#safely(() => tell(listener));
  }

  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}

import { v7 } from 'uuid';
import type { Every } from '../timing/every.ts';
import type { Channel, ChannelListener } from './channel.ts';
import type { ClusterBus, ClusterListener } from './cluster-bus.ts';
import { clusterMessage, frame, type ClusterMessage, type Frame } from './messages.ts';
import { Peers } from './peers.ts';
import type { MessageSigner } from './signature.ts';

export interface ChannelBusParts {
  signer: MessageSigner;
  every: Every;
  open: (listener: ChannelListener) => Channel;
  /** Resolves when closing must wait no longer for the `leaving` message. */
  closeTimeout: () => Promise<void>;
  onError: (error: unknown) => void;
}

/** Messages queued while one frame is being sent. If more arrive, the channel is too slow and the queue is dropped. */
const MAX_QUEUED = 1_000;
const MAX_MESSAGES_PER_FRAME = 64;
/** A node that misses so many of its own heartbeats reopens its connection. */
const MAX_UNHEARD_HEARTBEATS = 3;
const HEARTBEAT_MS = 1_000;

/**
 * A message bus over a channel that may lose anything. Numbered messages let receivers notice gaps; hearing its own frames
 * lets a node notice that its connection is deaf. A message that cannot be sent now is dropped: the database has its content.
 */
export class ChannelBus implements ClusterBus {
  readonly #parts: ChannelBusParts;
  readonly #channel: Channel;
  readonly #id = v7();
  readonly #peers = new Peers();
  readonly #listeners: ClusterListener[] = [];
  readonly #stopHeartbeats: () => void;
  #queue: ClusterMessage[] = [];
  /** The number of the first queued message. */
  #first = 0;
  #sending: Promise<void> | null = null;
  #unheardHeartbeats = 0;

  constructor(parts: ChannelBusParts) {
    this.#parts = parts;
    this.#channel = parts.open({
      received: (text) => this.#safely(() => this.#receive(text)),
      opened: () => this.#opened(),
    });
    this.#stopHeartbeats = parts.every(HEARTBEAT_MS, () => this.#heartbeat());
  }

  get peers(): number {
    return this.#channel.isOpen ? this.#peers.alive : 0;
  }

  subscribe(listener: ClusterListener): void {
    this.#listeners.push(listener);
  }

  publish(message: ClusterMessage): void {
    if (!this.#channel.isOpen || this.#queue.length >= MAX_QUEUED) this.#dropQueue();
    if (this.#channel.isOpen) this.#queue.push(message);
    else this.#first += 1;
    this.#sending ??= this.#sendQueue().finally(() => (this.#sending = null));
  }

  async close(): Promise<void> {
    this.#stopHeartbeats();
    this.publish({ type: 'leaving' });
    await Promise.race([this.#sending, this.#parts.closeTimeout()]);
    await this.#channel.close();
  }

  /** Sends one frame at a time: while it is on its way, the next one fills. */
  async #sendQueue(): Promise<void> {
    // Messages published in the same tick share a frame.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const messages = this.#queue.splice(0, MAX_MESSAGES_PER_FRAME);
      const first = this.#first;
      this.#first += messages.length;
      // Receivers notice the gap that a lost frame leaves.
      await this.#send(messages, first).catch(() => this.#dropQueue());
    }
  }

  #send(messages: ClusterMessage[], first: number): Promise<void> {
    const sent: Frame = { node: this.#id, first, messages };
    return this.#channel.send(this.#parts.signer.sign(JSON.stringify(sent)));
  }

  #dropQueue(): void {
    this.#first += this.#queue.length;
    this.#queue = [];
  }

  #opened(): void {
    this.#unheardHeartbeats = 0;
    this.#peers.connectionReplaced();
    this.publish({ type: 'requestSnapshot', node: null });
    // The old connection missed everything sent in the meantime.
    this.#notify((listener) => listener.missed?.());
  }

  #heartbeat(): void {
    for (const node of this.#peers.nextRound()) this.#notify((listener) => listener.nodeGone?.(node));
    if (!this.#channel.isOpen) return;
    this.#unheardHeartbeats += 1;
    if (this.#unheardHeartbeats > MAX_UNHEARD_HEARTBEATS) {
      this.#unheardHeartbeats = 0;
      this.#channel.reopen();
    } else if (this.#sending === null) {
      void this.#send([], this.#first).catch(() => {});
    }
  }

  #receive(text: string): void {
    const received = this.#read(text);
    if (received === null) return;
    if (received.node === this.#id) {
      this.#unheardHeartbeats = 0;
      return;
    }
    const { isNew, isBehind, messages } = this.#peers.receive(received);
    const parsed = messages.map((each) => clusterMessage.safeParse(each));
    const known = parsed.flatMap(({ data }) => data ?? []);
    for (const message of known) this.#handle(message, received.node);
    if (known.some(({ type }) => type === 'leaving')) return;
    if (isBehind) this.publish({ type: 'requestSnapshot', node: received.node });
    const isMissing = isBehind && !isNew;
    if (isMissing || known.length < parsed.length) this.#notify((listener) => listener.missed?.());
  }

  #handle(message: ClusterMessage, node: string): void {
    if (message.type === 'leaving') {
      this.#peers.remove(node);
      this.#notify((listener) => listener.nodeGone?.(node));
    } else if (message.type === 'requestSnapshot') {
      if (message.node === null || message.node === this.#id) {
        this.#notify((listener) => listener.snapshotRequested?.());
      }
    } else {
      this.#notify((listener) => listener.received?.(message, node));
    }
  }

  /** Null for texts that no node of this deployment signed. */
  #read(text: string): Frame | null {
    const verified = this.#parts.signer.verify(text);
    if (verified === null) return null;
    const parsed = frame.safeParse(JSON.parse(verified));
    return parsed.success ? parsed.data : null;
  }

  #notify(call: (listener: ClusterListener) => void): void {
    for (const listener of this.#listeners) this.#safely(() => call(listener));
  }

  #safely(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.onError(error);
    }
  }
}

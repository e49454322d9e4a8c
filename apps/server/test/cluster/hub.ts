import type { Channel, ChannelListener } from '../../src/cluster/channel.ts';

/** A channel between the nodes of one test. It delivers at once unless it is away, frozen or losing texts. */
export class Hub {
  readonly #ends = new Set<{ listener: ChannelListener }>();
  #state: 'there' | 'away' | 'frozen' = 'there';
  #losing = false;
  readonly #held: (() => void)[] = [];
  /** How often a node replaced its connection. */
  reopened = 0;

  open(listener: ChannelListener): Channel {
    const end = { listener };
    this.#ends.add(end);
    // The caller must have the channel before it opens.
    queueMicrotask(() => this.#state === 'there' && listener.opened());
    const isOpen = () => this.#state !== 'away';
    return {
      get isOpen() {
        return isOpen();
      },
      send: (text) => this.#send(text),
      reopen: () => void (this.reopened += 1),
      close: async () => void this.#ends.delete(end),
    };
  }

  /** Loses all texts silently from now on. */
  lose(losing: boolean): void {
    this.#losing = losing;
  }

  leave(): void {
    this.#state = 'away';
  }

  freeze(): void {
    this.#state = 'frozen';
  }

  /** Delivers the texts sent in the meantime. */
  thaw(): void {
    this.#state = 'there';
    for (const deliver of this.#held.splice(0)) deliver();
  }

  comeBack(): void {
    this.#state = 'there';
    for (const { listener } of this.#ends) listener.opened();
  }

  #send(text: string): Promise<void> {
    if (this.#state === 'frozen') {
      return new Promise((resolve) => this.#held.push(() => resolve(this.#send(text))));
    }
    if (this.#state === 'away') return Promise.reject(new Error('away'));
    if (!this.#losing) for (const { listener } of this.#ends) listener.received(text);
    return Promise.resolve();
  }
}

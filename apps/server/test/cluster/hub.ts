import type { Channel, ChannelListener } from '../../src/cluster/channel.ts';

/** A channel between nodes of one test: what is said is heard by all, at once, unless the hub is away, frozen or loses it. */
export class Hub {
  readonly #ends = new Set<{ listener: ChannelListener }>();
  #state: 'there' | 'away' | 'frozen' = 'there';
  #losing = false;
  readonly #held: (() => void)[] = [];
  /** How often somebody took itself for deaf. */
  reopened = 0;

  open(listener: ChannelListener): Channel {
    const end = { listener };
    this.#ends.add(end);
    // Never before whoever opens it has it in hand.
    queueMicrotask(() => this.#state === 'there' && listener.opened());
    const isOpen = () => this.#state !== 'away';
    return {
      get isOpen() {
        return isOpen();
      },
      say: (text) => this.#say(text),
      reopen: () => void (this.reopened += 1),
      close: async () => void this.#ends.delete(end),
    };
  }

  /** What is said from now on is lost, though nobody notices. */
  lose(losing: boolean): void {
    this.#losing = losing;
  }

  leave(): void {
    this.#state = 'away';
  }

  freeze(): void {
    this.#state = 'frozen';
  }

  /** What was said meanwhile is heard now. */
  thaw(): void {
    this.#state = 'there';
    for (const say of this.#held.splice(0)) say();
  }

  comeBack(): void {
    this.#state = 'there';
    for (const { listener } of this.#ends) listener.opened();
  }

  #say(text: string): Promise<void> {
    if (this.#state === 'frozen') {
      return new Promise((resolve) => this.#held.push(() => resolve(this.#say(text))));
    }
    if (this.#state === 'away') return Promise.reject(new Error('away'));
    if (!this.#losing) for (const { listener } of this.#ends) listener.heard(text);
    return Promise.resolve();
  }
}

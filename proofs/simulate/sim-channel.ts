import { IDEMPOTENT_CHANNELS, type OutgoingMessage, type SendOutcome } from '@baton/protocol';
import type { Sender, SendJob } from '@baton/runtime';
import type { Kernel, Pending } from './kernel.ts';
import type { Observer } from './observer.ts';
import type { Receipt } from './receipt.ts';

const HOWS: Pending['hows'] = ['yes', 'no', 'not now', 'arrived, answer lost', 'lost, answer lost', 'never answers'];
/** A request whose sender died or gave up arrives within this time, or never. */
const LANDING_MS = 15_000;

/** The far end of all channels. The schedule decides what it does with a message. */
export class SimChannel {
  readonly received: Receipt[] = [];
  /** Messages that a channel has rejected for good. */
  readonly #refused = new Set<string>();
  readonly #kernel: Kernel;
  readonly #observer: Observer;
  /** The real channel kind of a conversation, whatever the store says. */
  readonly #kindOf: (conversationId: string) => string;

  constructor(kernel: Kernel, observer: Observer, kindOf: (conversationId: string) => string) {
    this.#kernel = kernel;
    this.#observer = observer;
    this.#kindOf = kindOf;
  }

  sender(name: string, owner: symbol): Sender {
    return { send: (job, outgoing, signal) => this.#send(`${name} sends`, owner, job, outgoing, signal) };
  }

  async #send(
    what: string,
    owner: symbol,
    job: SendJob,
    outgoing: OutgoingMessage,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    this.#observer.called({ ...job, channelKind: this.#kindOf(job.key.conversationId) });
    const arrive = (): string => this.#arrive(outgoing);
    const land = (): void => this.#landLater(what, outgoing.messageId, arrive);
    const how = await Promise.race([this.#kernel.park(what, owner, HOWS, land), aborted(signal)]);
    if (how === null) {
      // The provider may still receive it.
      const waiting = this.#kernel.pending.find((it) => it.what === what && it.orphan === land);
      if (waiting) this.#kernel.drop(waiting);
      land();
      return unknown('aborted');
    }
    if (this.#refused.has(outgoing.messageId)) return { kind: 'failed', error: 'no such number' };
    switch (how) {
      case 'yes':
        if (this.#isRead(outgoing)) {
          this.#observer.listed(outgoing.messageId, arrive);
          return { kind: 'listed' };
        }
        return { kind: 'sent', providerId: arrive() };
      case 'no':
        // A receiver may reject a message that it has already.
        if (this.#has(outgoing)) return { kind: 'failed', error: 'known already' };
        this.#refused.add(outgoing.messageId);
        this.#observer.refused(outgoing.messageId);
        return { kind: 'failed', error: 'no such number' };
      case 'not now':
        this.#observer.refused(outgoing.messageId);
        return { kind: 'retry', error: '503', retryAfterMs: null, mayHaveArrived: false };
      case 'arrived, answer lost':
        arrive();
        return unknown(how);
      case 'never answers':
        land();
        if (!signal.aborted) await aborted(signal);
        return unknown(how);
      default:
        return unknown(how);
    }
  }

  /** Every second message is handed over by its mark, as on a web chat. */
  #isRead({ conversationId, seq }: OutgoingMessage): boolean {
    return IDEMPOTENT_CHANNELS.includes(this.#kindOf(conversationId)) && seq % 2 === 0;
  }

  #has({ messageId }: OutgoingMessage): boolean {
    return this.received.some((it) => it.messageId === messageId);
  }

  #arrive({ messageId, conversationId, seq, author, text }: OutgoingMessage): string {
    const providerId = `p-${messageId}`;
    const receipt = { messageId, conversationId, seq, byAgent: author.kind === 'agent', providerId, text };
    this.received.push(receipt);
    this.#observer.arrived(receipt);
    return providerId;
  }

  #landLater(what: string, messageId: string, arrive: () => string): void {
    const until = this.#kernel.now + LANDING_MS;
    void this.#kernel.park(`${what}, nobody waits`, null, ['lands', 'vanishes']).then((how) => {
      if (how === 'lands' && this.#kernel.now <= until && !this.#refused.has(messageId)) arrive();
    });
  }
}

function unknown(error: string): SendOutcome {
  return { kind: 'retry', error, retryAfterMs: null, mayHaveArrived: true };
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

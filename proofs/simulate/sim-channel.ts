import { IDEMPOTENT_CHANNELS, type OutgoingMessage, type SendOutcome } from '@baton/protocol';
import type { Sender, SendJob } from '@baton/runtime';
import type { Kernel, Parked } from './kernel.ts';
import type { Observer } from './observer.ts';
import type { Receipt } from './receipt.ts';

const HOWS: Parked['hows'] = ['yes', 'no', 'not now', 'arrived, answer lost', 'lost, answer lost', 'never answers'];
/** What is on its way to a channel when its sender dies or gives up arrives within this time, or not at all. */
const LANDING_MS = 15_000;

/** The far end of all channels. It does with a message what the schedule says. */
export class SimChannel {
  readonly received: Receipt[] = [];
  /** What a channel has said no to for good never arrives. */
  readonly #refused = new Set<string>();
  readonly #kernel: Kernel;
  readonly #observer: Observer;
  /** What the channel of a conversation really is, whatever the store believes. */
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
      // The provider may have it yet.
      const waiting = this.#kernel.parked.find((it) => it.what === what && it.orphan === land);
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
        // A receiver may refuse what it has already.
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

  /** One in two is not sent on: whoever reads the store finds it there. */
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

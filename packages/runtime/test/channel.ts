import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import type { Sender, SendJob } from '../src/index.ts';

interface Call {
  job: SendJob;
  outgoing: OutgoingMessage;
  signal: AbortSignal;
  answer(outcome: SendOutcome): void;
}

/** A channel whose answers the test controls. */
export class Channel implements Sender {
  readonly calls: Call[] = [];

  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    this.calls.push({ job, outgoing, signal, answer: resolve });
    return promise;
  }

  get last(): Call {
    const call = this.calls.at(-1);
    if (!call) throw new Error('nothing was sent');
    return call;
  }

  get texts(): string[] {
    return this.calls.map(({ outgoing }) => outgoing.text);
  }
}

export const UNKNOWN = { kind: 'retry', error: 'timeout', retryAfterMs: null, mayHaveArrived: true } as const;
export const REFUSED_NOW = { ...UNKNOWN, error: '503', mayHaveArrived: false } as const;

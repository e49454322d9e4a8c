import type { OutgoingMessage, Reply, ReplyRequest, SendOutcome } from '@baton/protocol';
import type { ReplyJob, SendJob } from './store.ts';

/**
 * Makes replies; injected by the server. `onPartial` is told all of the text so far, where it comes bit by bit.
 * @throws on failure; must stop at once when `signal` aborts
 */
export interface Replier {
  reply(job: ReplyJob, request: ReplyRequest, signal: AbortSignal, onPartial: (text: string) => void): Promise<Reply>;
}

/** Hands messages to channels; injected by the server. Never throws for what a network can do. */
export interface Sender {
  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
}

import type { OutgoingMessage, Reply, ReplyRequest, SendOutcome } from '@baton/protocol';
import type { ReplyJob, SendJob } from './store.ts';

/**
 * Makes replies; injected by the server. `onPartial` is told all of the text so far, where it comes bit by bit.
 * @throws on failure; must stop at once when `signal` aborts
 */
export interface Replier {
  reply(job: ReplyJob, request: ReplyRequest, signal: AbortSignal, onPartial: (text: string) => void): Promise<Reply>;
}

/** Hands messages to channels; injected by the server. */
export interface Sender {
  /**
   * Never throws for what a network can do. Between whatever it has to find out first and the sending it calls `throwIfLate`,
   * and lets through what that throws: the claim has aged, and nothing may go out on it (SEND-4).
   */
  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal, throwIfLate: () => void): Promise<SendOutcome>;
}

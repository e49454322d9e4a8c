import type { OutgoingMessage, SendOutcome } from '@baton/protocol';
import type { SendJob } from './store.ts';

/** Sends messages to channels; the server injects it. */
export interface Sender {
  /**
   * Never throws for network failures. Calls `throwIfLate` after its preparations, just before it sends, and lets that
   * error through: the claim has expired, and nothing may be sent on it (SEND-4).
   */
  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal, throwIfLate: () => void): Promise<SendOutcome>;
}

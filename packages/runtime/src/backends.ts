import type { Message, OutgoingMessage } from '@baton/protocol';
import type { ReplyJob, SendJob } from './store.ts';

/** What an agent backend is given. Interface: "The webhook agent". */
export interface ReplyRequest {
  conversationId: string;
  turn: number;
  waiting: Message[];
  /** The newest messages, notes left out, capped. */
  transcript: Message[];
  /** Takeovers, hand-backs and instructions in words; never the team's notes. */
  facts: string[];
}

export type Reply =
  | { kind: 'reply'; text: string }
  | { kind: 'handoff'; reason: string; text: string | null }
  | { kind: 'silence' };

/** Makes replies; injected by the server (packages/agents). @throws on failure; must stop at once when `signal` aborts */
export interface ReplyBackend {
  reply(job: ReplyJob, request: ReplyRequest, signal: AbortSignal): Promise<Reply>;
}

export type SendOutcome =
  | { kind: 'sent'; providerId: string | null }
  /** The channel said no for good. */
  | { kind: 'failed'; error: string }
  /** It surely did not arrive, or sending the same id again is harmless: try again later. */
  | { kind: 'retry'; error: string; retryAfterMs: number | null; mayHaveArrived: boolean };

/** Hands messages to channels; injected by the server (packages/channels). Never throws for what a network can do. */
export interface Sender {
  send(job: SendJob, outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
}

import type { Ack, CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';
import type { Outgoing } from './chat.ts';

/** The customer's connection. Answers are null when it broke before they came. */
export interface CustomerSocket {
  send(text: string, clientMessageId: string): Promise<Ack<{ message: CustomerViewMessage }> | null>;
  history(afterSeq: number): Promise<Ack<{ messages: CustomerViewMessage[] }> | null>;
  typing(typing: boolean): void;
  close(): void;
}

export interface CustomerSocketListener extends CustomerServerEvents {
  connected(): void;
  disconnected(): void;
  /** `ended`: the token is not, or no longer, good for a conversation. `missing`: this page may not show the chat. */
  refused(status: 'ended' | 'missing'): void;
}

export type Arrival =
  | { kind: 'token'; token: string }
  | { kind: 'missing' }
  /** Cannot be reached now, or asks to come back later. */
  | { kind: 'away'; retryAfterMs: number };

/** What a browser remembers of one chat, shared by all its tabs. */
export interface VisitorMemory {
  token: string | null;
  /** As the customer gave it with the first message. */
  name: string;
  seenSeq: number;
  outgoing(): Outgoing[];
  keep(message: Outgoing): void;
  forget(clientMessageId: string): void;
}

export interface ChatPorts {
  createVisitor(name: string): Promise<Arrival>;
  connect(token: string, listener: CustomerSocketListener): CustomerSocket;
  memory: VisitorMemory;
  newId(): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once. @returns what calls it off */
  after(ms: number, act: () => void): () => void;
}

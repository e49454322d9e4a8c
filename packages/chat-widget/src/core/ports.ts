import type { Ack, CustomerServerEvents, CustomerViewMessage } from '@baton/protocol';
import type { Outgoing } from './chat.ts';

/** The customer's connection. Answers are null if it broke before. */
export interface CustomerSocket {
  send(text: string, clientMessageId: string): Promise<Ack<{ message: CustomerViewMessage }> | null>;
  history(afterSeq: number): Promise<Ack<{ messages: CustomerViewMessage[] }> | null>;
  typing(typing: boolean): void;
  close(): void;
}

export interface CustomerSocketListener extends CustomerServerEvents {
  connected(): void;
  disconnected(): void;
  /** `ended`: the token is not valid, or no longer. `missing`: this page may not show the chat. */
  rejected(status: 'ended' | 'missing'): void;
}

export type Arrival =
  | { kind: 'token'; token: string }
  | { kind: 'missing' }
  /** The server cannot be reached, or asks to retry later. */
  | { kind: 'away'; retryAfterMs: number };

/** The data that a browser keeps of one chat, shared by its tabs. */
export interface VisitorMemory {
  token: string | null;
  /** Given with the first message. */
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
  /** Calls back once. @returns cancels it */
  after(ms: number, run: () => void): () => void;
}

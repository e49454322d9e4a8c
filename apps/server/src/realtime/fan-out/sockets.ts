import type {
  Conversation,
  CustomerClientEvents,
  CustomerServerEvents,
  Person,
  TeamClientEvents,
  TeamServerEvents,
} from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Caller } from '../../auth/caller.ts';
import type { TokenBucket } from '../../timing/token-bucket.ts';

/** The state of a teammate's connection. */
export interface TeamData {
  caller: Caller;
  watched: Map<string, ConversationKey>;
  idle: boolean;
  /** Limits the events of this connection. */
  bucket: TokenBucket;
}

/** The state of a customer's connection. */
export interface CustomerData {
  key: ConversationKey;
  customer: Person;
  /** The conversation at the time of the handshake; null once connected, because long connections would keep it in memory. */
  conversation: Conversation | null;
  bucket: TokenBucket;
}

export type TeamNamespace = Namespace<TeamClientEvents, TeamServerEvents, DefaultEventsMap, TeamData>;
export type TeamSocket = Socket<TeamClientEvents, TeamServerEvents, DefaultEventsMap, TeamData>;
export type CustomerNamespace = Namespace<CustomerClientEvents, CustomerServerEvents, DefaultEventsMap, CustomerData>;
export type CustomerSocket = Socket<CustomerClientEvents, CustomerServerEvents, DefaultEventsMap, CustomerData>;

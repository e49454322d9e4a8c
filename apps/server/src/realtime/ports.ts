import type { AgentPause, Conversation, Message, Person, Role } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import type { Ms } from '@baton/conversation';
import type { Credential } from '@baton/database/queries/live';
import type { TypingPort } from '../deps.ts';

/** What sockets read of the database. Every question names the tenant, so no answer can be of another one. */
export interface RealtimeReads {
  /** Those that exist, in any order. */
  conversations(keys: ConversationKey[]): Promise<Located<Conversation>[]>;
  /** With what the reader has not read of it. */
  conversation(key: ConversationKey, readerId: string): Promise<Conversation | null>;
  /** By `seq`; of more than `limit` the newest. */
  messages(key: ConversationKey, since: MessagesSince, limit: number): Promise<Message[]>;
  /** Those that exist, in any order. */
  revisions(keys: ConversationKey[]): Promise<Located<{ revision: number }>[]>;
  /** Conversations of these workspaces that changed after `since`, by anyone, the earliest changes first. */
  changedSince(
    workspaceIds: string[],
    since: Ms,
    limit: number,
  ): Promise<Located<{ revision: number; changedAt: Ms }>[]>;
  /** Web origins that may embed a web chat; null when there is no such channel any more. */
  allowedOrigins(workspaceId: string, channelId: string): Promise<string[] | null>;
  /** Of these conversations, those whose customer may still come in. */
  openDoors(keys: ConversationKey[]): Promise<Set<string>>;
  /** The agents of these workspaces. */
  pauses(workspaceIds: string[]): Promise<(AgentPause & { workspaceId: string })[]>;
  /** The role that each credential still gives; those that have ended are missing. */
  standing(credentials: Credential[]): Promise<Map<string, Role>>;
}

export type Located<T> = T & { key: ConversationKey };

export interface MessagesSince {
  afterSeq?: number | undefined;
  /** Instead of `afterSeq`: what was written or changed since that revision. */
  sinceRevision?: number | undefined;
}

/** Typing leases of connections (HOLD-4). */
export interface ConnectionTyping extends TypingPort {
  /** The connection is gone: its leases end 3 s later, unless it has come back. */
  connectionLost(connectionId: string): void;
}

/** Calls again and again until the returned function is called. Injected, so that tests own the time. */
export type Every = (ms: number, act: () => void) => () => void;

/** Nobody waits for these timers: they keep no process alive. */
export const everyInterval: Every = (ms, act) => {
  const timer = setInterval(act, ms);
  timer.unref();
  return () => clearInterval(timer);
};

/** Customers who are there without a socket, told to the team like any other. */
export interface ChatPresence {
  /** `connection`: any name of its own. */
  enter(key: ConversationKey, connection: string, customer: Person): void;
  /** Believed for 8 s, and longer only when said again. */
  typing(key: ConversationKey, connection: string, typing: boolean): void;
  leave(key: ConversationKey, connection: string): void;
}

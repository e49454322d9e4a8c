import { z } from 'zod';
import type { Conversation, ListEntry, Person } from './conversation.ts';
import type { Draft, Message, Origin } from './message.ts';
import type { Problem } from './problem.ts';
import { externalId, id, messageText, ordinal } from './text.ts';

/** Every client event is answered: with what was asked for, or with a problem. The connection stays either way. */
export type Ack<T = object> = ({ ok: true } & T) | { ok: false; problem: Problem };

// Namespace /team on path /socket.io

export const watch = z.strictObject({
  conversationId: id,
  afterSeq: ordinal.optional(),
  /** Instead of `afterSeq`, after a lost connection: what was written or changed since that revision. */
  sinceRevision: ordinal.optional(),
});
/** No key pressed and nothing pointed at for a while, or the page out of sight. Of the connection, wherever it watches. */
export const teamIdle = z.strictObject({ idle: z.boolean() });
export const unwatch = z.strictObject({ conversationId: id });
export const teamTyping = z.strictObject({ conversationId: id, typing: z.boolean(), note: z.boolean().optional() });

/** The only events a client may send to /team, each with its schema. */
export const TEAM_CLIENT_EVENTS = { watch, unwatch, typing: teamTyping, idle: teamIdle } as const;

export interface TeamClientEvents {
  /**
   * `messages`: those after `afterSeq`, or changed since `sinceRevision`; the newest 200 of them at most.
   * `conversation` carries what the caller has not read.
   */
  watch(
    body: z.infer<typeof watch>,
    ack: (answer: Ack<{ conversation: Conversation; messages: Message[]; presence: Presence }>) => void,
  ): void;
  unwatch(body: z.infer<typeof unwatch>, ack: (answer: Ack) => void): void;
  typing(body: z.infer<typeof teamTyping>, ack: (answer: Ack) => void): void;
  idle(body: z.infer<typeof teamIdle>, ack: (answer: Ack) => void): void;
}

/** Whether an agent is paused everywhere (HOLD-18). `version` grows with each change of it. */
export interface AgentPause {
  id: string;
  version: number;
  paused: boolean;
  pausedBy: Person | null;
}

export interface Presence {
  conversationId: string;
  /** The people who have this conversation open: teammates, and the customer if the channel has a connection. */
  people: {
    kind: 'teammate' | 'customer';
    id: string;
    name: string;
    typing: boolean;
    /** A teammate's only: there, and not at it, on any of their connections here. */
    idle: boolean;
  }[];
}

export interface ReadMarker {
  conversationId: string;
  seq: number;
}

export interface TeamServerEvents {
  conversation(conversation: Conversation): void;
  message(message: Message): void;
  /** A reply of the agent that came too late or was cut short. */
  draft(kept: { conversationId: string; draft: Draft }): void;
  presence(presence: Presence): void;
  /** To the workspace, coalesced: where teammates have come, gone, begun or stopped writing; on connection, all there is. */
  attendance(changed: Presence[]): void;
  /** Every 10 s, for what is watched: a client that is behind fetches. */
  heads(heads: { conversationId: string; revision: number }[]): void;
  /** To one person, wherever they are signed in: they have read this conversation up to `seq`. */
  read(marker: ReadMarker): void;
  /** To the workspace: agents that were paused or resumed; on connection, all there are. */
  agents(changed: AgentPause[]): void;
  /** To the workspace, coalesced: the latest of each changed conversation. */
  list(entries: ListEntry[]): void;
  /** The server's clock in ms since 1970, on connection and every 10 s: countdowns run on it. */
  clock(now: number): void;
}

// Namespace /customer on path /chat.io

export const customerMessage = z.strictObject({ text: messageText, clientMessageId: externalId });
export const customerTyping = z.strictObject({ typing: z.boolean() });

export const customerHistory = z.strictObject({ afterSeq: ordinal.optional() });

/** The only events a client may send to /customer, each with its schema. */
export const CUSTOMER_CLIENT_EVENTS = {
  message: customerMessage,
  typing: customerTyping,
  history: customerHistory,
} as const;

/** A message as its customer sees it: never a note, never one that is queued or withheld. */
export interface CustomerViewMessage {
  id: string;
  seq: number;
  from: { kind: Origin; name: string };
  text: string;
  createdAt: string;
  clientMessageId: string | null;
}

export interface CustomerClientEvents {
  message(body: z.infer<typeof customerMessage>, ack: (answer: Ack<{ message: CustomerViewMessage }>) => void): void;
  typing(body: z.infer<typeof customerTyping>, ack: (answer: Ack) => void): void;
  /** Messages after `afterSeq` that the customer may see, the newest 200 of them at most. */
  history(body: z.infer<typeof customerHistory>, ack: (answer: Ack<{ messages: CustomerViewMessage[] }>) => void): void;
}

export interface CustomerServerEvents {
  message(message: CustomerViewMessage): void;
  /** SEE-4: only from whoever holds. */
  typing(typing: { from: { kind: Origin; name: string }; typing: boolean }): void;
}

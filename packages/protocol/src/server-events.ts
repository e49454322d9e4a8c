import { z } from 'zod';
import { conversation, listEntry, person } from './conversation.ts';
import { draft, message, origin } from './message.ts';
import { id, time } from './text.ts';

/** Raised by every change of the wire that breaks a client of the version before. The OpenAPI document carries it. */
export const PROTOCOL_VERSION = 1;

export const presence = z.object({
  conversationId: id,
  /** The people who have this conversation open: teammates, and the customer if the channel has a connection. */
  people: z.array(
    z.object({
      kind: z.enum(['teammate', 'customer']),
      id: z.string(),
      name: z.string(),
      typing: z.boolean(),
      /** Of a teammate: no input for a while, or a hidden tab, on all their connections here. */
      idle: z.boolean(),
    }),
  ),
});
export type Presence = z.infer<typeof presence>;

export const readMarker = z.object({ conversationId: id, seq: z.int() });
export type ReadMarker = z.infer<typeof readMarker>;

/** Whether an agent is paused everywhere (HOLD-18). `version` grows with each change of it. */
export const agentPause = z.object({
  id,
  version: z.int(),
  paused: z.boolean(),
  pausedBy: person.nullable(),
});
export type AgentPause = z.infer<typeof agentPause>;

/** Events that the server sends to /team, each with its schema. */
export const TEAM_SERVER_EVENTS = {
  conversation,
  message,
  /** A reply of the agent that came too late or was aborted. */
  draft: z.object({ conversationId: id, draft }),
  presence,
  /** To the workspace, coalesced: conversations whose viewers or typists changed; on connection, all of them. */
  attendance: z.array(presence),
  /** Every 10 s, for watched conversations: a client that is behind fetches. */
  heads: z.array(z.object({ conversationId: id, revision: z.int() })),
  /** To all connections of one person: they have read this conversation up to `seq`. */
  read: readMarker,
  /** To the workspace: agents that were paused or resumed; on connection, all of them. */
  agents: z.array(agentPause),
  /** To the workspace, coalesced: the latest of each changed conversation. */
  list: z.array(listEntry),
  /** The server's clock in ms since 1970, on connection and every 10 s. Countdowns run on it. */
  clock: z.number(),
} as const;

/** A message as its customer sees it: never a note, never one that is queued or withheld. */
export const customerViewMessage = z.object({
  id,
  seq: z.int(),
  from: z.object({ kind: origin, name: z.string() }),
  text: z.string(),
  createdAt: time,
  clientMessageId: z.string().nullable(),
});
export type CustomerViewMessage = z.infer<typeof customerViewMessage>;

/** Events that the server sends to /customer, each with its schema. */
export const CUSTOMER_SERVER_EVENTS = {
  message: customerViewMessage,
  /** SEE-4: typing of the holder only. */
  typing: z.object({ from: z.object({ kind: origin, name: z.string() }), typing: z.boolean() }),
} as const;

type Listeners<Events extends Record<string, z.ZodType>> = {
  [Name in keyof Events]: (payload: z.infer<Events[Name]>) => void;
};
export type TeamServerEvents = Listeners<typeof TEAM_SERVER_EVENTS>;
export type CustomerServerEvents = Listeners<typeof CUSTOMER_SERVER_EVENTS>;

import { conversation, draft, message } from '@baton/protocol';
import { z } from 'zod';

const key = z.object({ workspaceId: z.string(), conversationId: z.string() });

/** One connection that has a conversation open on the sending node. */
const connectionState = z.object({
  person: z.object({ kind: z.enum(['teammate', 'customer']), id: z.string(), name: z.string() }),
  idle: z.boolean(),
  writing: z.object({ note: z.boolean() }).nullable(),
});

const connections = z.object({ key, connections: z.array(connectionState) });
const replying = z.object({ key, agent: z.string().nullable() });

/** Messages between nodes. Each is a hint: a node that misses one recovers from the database or by a snapshot. */
export const clusterMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), key, conversation, messages: z.array(message) }),
  z.object({ type: z.literal('delivered'), key, messages: z.array(message) }),
  z.object({ type: z.literal('drafted'), key, draft }),
  /** The context of this generation is invalid, so its worker should cancel it (TURN-3). */
  z.object({ type: z.literal('replyInvalidated'), key, turn: z.int() }),
  replying.extend({ type: z.literal('replying') }),
  connections.extend({ type: z.literal('connections') }),
  /** The sending node's whole presence, in parts. The first part replaces what the receiver knew. */
  z.object({
    type: z.literal('snapshot'),
    isFirst: z.boolean(),
    connections: z.array(connections),
    replying: z.array(replying),
  }),
  /** Asks one node for a snapshot; null asks all nodes. */
  z.object({ type: z.literal('requestSnapshot'), node: z.string().nullable() }),
  z.object({
    type: z.literal('read'),
    reader: z.object({ workspaceId: z.string(), teammateId: z.string() }),
    marker: z.object({ conversationId: z.string(), seq: z.int() }),
  }),
  /** An agent of this workspace was paused or resumed. */
  z.object({ type: z.literal('agentsChanged'), workspaceId: z.string() }),
  /** A session, a key or a membership may have ended, so nodes check at once (SEE-5). */
  z.object({ type: z.literal('accessChanged') }),
  z.object({ type: z.literal('leaving') }),
]);
export type ClusterMessage = z.infer<typeof clusterMessage>;

/**
 * Messages numbered `first`, `first + 1`, … since the start of the node; none in a heartbeat. During an upgrade nodes run
 * different versions, so receivers validate each message on its own.
 */
export const frame = z.object({ node: z.string(), first: z.int().min(0), messages: z.array(z.unknown()) });
export type Frame = z.infer<typeof frame>;

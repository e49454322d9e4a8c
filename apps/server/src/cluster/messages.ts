import { conversation, draft, message } from '@baton/protocol';
import { z } from 'zod';

const key = z.object({ workspaceId: z.string(), conversationId: z.string() });

/** Somebody who has a conversation open on the node that says so. */
export const seat = z.object({
  person: z.object({ kind: z.enum(['teammate', 'customer']), id: z.string(), name: z.string() }),
  idle: z.boolean(),
  writing: z.object({ note: z.boolean() }).nullable(),
});
export type RemoteSeat = z.infer<typeof seat>;

/** The name of the agent that makes a reply there; null where it no longer does. */
const replying = z.object({ key, agent: z.string().nullable() });
/** All seats of one conversation on the node that says so: none where everybody has left. */
const seats = z.object({ key, seats: z.array(seat) });

/** What nodes tell each other. Each is a hint: whoever misses one is put right by the database, or by asking. */
export const word = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), key, conversation, messages: z.array(message) }),
  z.object({ type: z.literal('delivered'), key, messages: z.array(message) }),
  z.object({ type: z.literal('drafted'), key, draft }),
  /** The ground of this generation is gone: whoever makes it should stop (TURN-3). */
  z.object({ type: z.literal('aborted'), key, turn: z.int() }),
  replying.extend({ type: z.literal('replying') }),
  seats.extend({ type: z.literal('seats') }),
  /** The answer to `ask`, in parts: all that is true of the node now. The first part replaces what was known. */
  z.object({ type: z.literal('here'), isFirst: z.boolean(), seats: z.array(seats), replying: z.array(replying) }),
  /** One node, or all of them, should say what is true of them now. */
  z.object({ type: z.literal('ask'), node: z.string().nullable() }),
  /** A person has read a conversation up to here: their other browsers show it too. */
  z.object({
    type: z.literal('read'),
    reader: z.object({ workspaceId: z.string(), teammateId: z.string() }),
    marker: z.object({ conversationId: z.string(), seq: z.int() }),
  }),
  /** An agent of this workspace was paused or resumed. */
  z.object({ type: z.literal('agents'), workspaceId: z.string() }),
  /** A session, a key or a membership may have ended: look at once (SEE-5). */
  z.object({ type: z.literal('ended') }),
  /** The node stops. */
  z.object({ type: z.literal('bye') }),
]);
export type Word = z.infer<typeof word>;

/**
 * Words `first`, `first + 1`, … of a node, counted from its start; none in a mere sign of life. Words that this version does
 * not know are looked at one by one: while nodes are replaced, they are of two versions.
 */
export const frame = z.object({ node: z.string(), first: z.int().min(0), words: z.array(z.unknown()) });
export type Frame = z.infer<typeof frame>;

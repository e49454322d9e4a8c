import { z } from 'zod';
import { AGENT_PHASES, CONVERSATION_STATES, LEAVES } from './conversation-state.ts';
import { message } from './message.ts';
import { id, messageText, ordinal, searchText, time } from './text.ts';

export const conversationState = z.enum(CONVERSATION_STATES);

export const agentPhase = z.enum(AGENT_PHASES);

export const leaf = z.enum(LEAVES);

export const conversationStatus = z.enum(['open', 'snoozed', 'closed']);
export type ConversationStatus = z.infer<typeof conversationStatus>;

export const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

export const holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent') }),
  z.object({ kind: z.literal('teammates'), teammates: z.array(person) }),
  z.object({ kind: z.literal('external') }),
  z.object({ kind: z.literal('team') }),
]);
export type Holder = z.infer<typeof holder>;

/**
 * Why nobody but people will answer now (SEE-2); null where the agent answers by itself.
 * The first three come from the state, the others say what keeps an agent silent that holds the conversation,
 * or why it handed over.
 */
export const silenceReason = z.enum([
  'typing', // someone is writing
  'window', // someone has just written
  'switchedOff', // Agent replies is off
  'handoffRequested', // the agent asked for a person
  'agentFailed', // the agent failed repeatedly
  'agentPaused', // paused everywhere by an owner or supervisor
  'tooOld', // the customer's message is older than a day
  'loop', // two machines seem to talk to each other
  'deliveryFailed', // the channel refused the agent's reply
  'quarantined', // it failed repeatedly; nobody can act in it until an owner releases it
]);
export type SilenceReason = z.infer<typeof silenceReason>;

export const conversation = z
  .object({
    id,
    channelId: id,
    agentId: id,
    customer: person,
    state: conversationState,
    /** Inside `agentActive`; null while people hold. */
    phase: agentPhase.nullable().optional(),
    /** When it came into this state from another one, or was made. */
    stateSince: time,
    holder,
    /** The switch *Agent replies* of this conversation. */
    agentReplies: z.boolean(),
    reason: silenceReason.nullable(),
    /** The person who caused the silence, if a person did. */
    reasonBy: person.nullable(),
    /** When the agent resumes by itself: the end of the human priority window. */
    resumesAt: time.nullable(),
    /** Time of the oldest customer message that nobody has answered. */
    waitingSince: time.nullable(),
    status: conversationStatus,
    snoozedUntil: time.nullable(),
    assigneeId: id.nullable(),
    /** Number of events applied; guards every commit. */
    version: z.int(),
    /** Raised by every visible change; what clients compare (SEE-6). */
    revision: z.int(),
    lastSeq: z.int(),
    lastMessage: z.union([message, z.null()]),
    /** Messages of others after the caller's read marker, at most 100; only in answers to what a person asked for. */
    unread: z.int().optional(),
    /** The caller's read marker: everything up to this `seq` is read. Where `unread` is. */
    readSeq: z.int().optional(),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversation>;

/** The entry of the workspace's live list: the whole conversation, because it is small. */
export const listEntry = conversation.omit({ unread: true, readSeq: true });
export type ListEntry = z.infer<typeof listEntry>;

export const setAgentReplies = z.strictObject({
  enabled: z.boolean(),
  /** For the agent, only when handing back. */
  instruction: messageText.optional(),
  /** *Take over*: also assigns the conversation to the caller. */
  assign: z.boolean().optional(),
});
export const setAssignee = z.strictObject({ assigneeId: id.nullable() });
export const setStatus = z.strictObject({ status: conversationStatus, snoozedUntil: time.optional() });
export const setTyping = z.strictObject({ typing: z.boolean(), note: z.boolean().optional() });
export const setRead = z.strictObject({ seq: ordinal });

export const conversationQuery = z.object({
  state: conversationState.optional(),
  status: conversationStatus.optional(),
  /** Filters by holder: `agent`, `team`, `external`, `someone` (any person), `me`, or a teammate's id. */
  holder: searchText.optional(),
  /** A teammate's id, `me` or `none`. */
  assignee: searchText.optional(),
  q: searchText.optional(),
  updatedSince: time.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: searchText.optional(),
});

/** Beyond it a number says no more than *many*. */
export const MAX_COUNTED = 1_000;

/** Open conversations, and those that are snoozed; each counted to `MAX_COUNTED`. */
export const conversationCounts = z
  .object({
    open: z.int(),
    /** Assigned to the caller. */
    mine: z.int(),
    unassigned: z.int(),
    agentActive: z.int(),
    humanActive: z.int(),
    humanPriorityWindow: z.int(),
    agentDisabled: z.int(),
    snoozed: z.int(),
  })
  .meta({ id: 'ConversationCounts' });
export type ConversationCounts = z.infer<typeof conversationCounts>;

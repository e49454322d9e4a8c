import type { Ms } from '@baton/conversation';
import { findConversation, readConversations, readRevisions } from '@baton/database/queries/conversations';
import {
  readAllowedOrigins,
  readChanges,
  readVisitorAccess,
  readPauses,
  readStanding,
  type Credential,
} from '@baton/database/queries/live';
import { readMessages } from '@baton/database/queries/messages';
import type { Queryable } from '@baton/database/queries/queryable';
import type { AgentPause, Conversation, Message, Role } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';

/** The database reads of the live side. Every read names the tenant, so no result can belong to another one. */
export interface RealtimeReads {
  /** Those that exist, in any order. */
  conversations(keys: ConversationKey[]): Promise<Located<Conversation>[]>;
  /** With the reader's count of unread messages. */
  conversation(key: ConversationKey, readerId: string): Promise<Conversation | null>;
  /** In order of `seq`; the newest `limit` if there are more. */
  messages(key: ConversationKey, since: MessagesSince, limit: number): Promise<Message[]>;
  /** Those that exist, in any order. */
  revisions(keys: ConversationKey[]): Promise<Located<{ revision: number }>[]>;
  /** Conversations of these workspaces that changed after `since`, earliest change first. */
  changedSince(
    workspaceIds: string[],
    since: Ms,
    limit: number,
  ): Promise<Located<{ revision: number; changedAt: Ms }>[]>;
  /** Web origins that may embed a web chat; null if the channel no longer exists. */
  allowedOrigins(workspaceId: string, channelId: string): Promise<string[] | null>;
  /** The ids of those conversations whose customer still has access: open channel, customer not blocked. */
  accessible(keys: ConversationKey[]): Promise<Set<string>>;
  /** All agents of these workspaces. */
  pauses(workspaceIds: string[]): Promise<(AgentPause & { workspaceId: string })[]>;
  /** The current role of each credential, by credential id; ended credentials are missing. */
  standing(credentials: Credential[]): Promise<Map<string, Role>>;
}

export type Located<T> = T & { key: ConversationKey };

export interface MessagesSince {
  afterSeq?: number | undefined;
  /** Messages written or changed after this revision; replaces `afterSeq`. */
  sinceRevision?: number | undefined;
}

export function realtimeReads(db: Queryable): RealtimeReads {
  return {
    conversations: (keys) => readConversations(db, keys),
    conversation: (key, readerId) => findConversation(db, key, readerId),
    messages: (key, { afterSeq, sinceRevision }, limit) =>
      readMessages(db, key, sinceRevision === undefined ? { after: afterSeq } : { sinceRevision }, limit, 'newest'),
    revisions: (keys) => readRevisions(db, keys),
    changedSince: (workspaceIds, since, limit) => readChanges(db, workspaceIds, since, limit),
    allowedOrigins: (workspaceId, channelId) => readAllowedOrigins(db, workspaceId, channelId),
    accessible: (keys) => readVisitorAccess(db, keys),
    pauses: (workspaceIds) => readPauses(db, workspaceIds),
    standing: (credentials) => readStanding(db, credentials),
  };
}

import { findConversation, readConversations, readRevisions } from '@baton/database/queries/conversations';
import {
  readAllowedOrigins,
  readChanges,
  readVisitorAccess,
  readPauses,
  readStanding,
} from '@baton/database/queries/live';
import { readMessages } from '@baton/database/queries/messages';
import type { Queryable } from '@baton/database/queries/queryable';
import type { RealtimeReads } from '../ports.ts';

export function realtimeReads(db: Queryable): RealtimeReads {
  return {
    conversations: (keys) => readConversations(db, keys),
    conversation: (key, readerId) => findConversation(db, key, readerId),
    messages: (key, { afterSeq, sinceRevision }, limit) =>
      readMessages(db, key, sinceRevision === undefined ? { after: afterSeq } : { sinceRevision }, limit, 'newest'),
    revisions: (keys) => readRevisions(db, keys),
    changedSince: (workspaceIds, since, limit) => readChanges(db, workspaceIds, since, limit),
    allowedOrigins: (workspaceId, channelId) => readAllowedOrigins(db, workspaceId, channelId),
    openDoors: (keys) => readVisitorAccess(db, keys),
    pauses: (workspaceIds) => readPauses(db, workspaceIds),
    standing: (credentials) => readStanding(db, credentials),
  };
}

import { sql, type SQL } from 'drizzle-orm';
import { conversations } from '../schema/conversations.ts';
import { messages, readMarkers } from '../schema/messages.ts';

/** Counting further helps nobody, and a busy conversation would make it slow. */
const MAX_UNREAD = 100;

/** What one person has read of a conversation, and how much of others they have not. */
export function readStateOf(readerId: string): { unread: SQL<number>; readSeq: SQL<number> } {
  const readSeq = sql<number>`coalesce((
    select marker.seq from ${readMarkers} as marker
    where marker.workspace_id = ${conversations.workspaceId} and marker.conversation_id = ${conversations.id}
      and marker.user_id = ${readerId}), 0)`;
  const unread = sql<number>`(
    select count(*)::int from (
      select from ${messages} as unread
      where unread.workspace_id = ${conversations.workspaceId} and unread.conversation_id = ${conversations.id}
        and unread.author_id is distinct from ${readerId} and unread.origin <> 'system'
        and unread.seq > ${readSeq}
      limit ${MAX_UNREAD}) as counted)`;
  return { unread, readSeq };
}

import { sql, type SQL } from 'drizzle-orm';
import { conversations } from '../schema/conversations.ts';
import { messages, readMarkers } from '../schema/messages.ts';

/** Unread counts stop here, because counting a busy conversation would be slow. */
const MAX_UNREAD = 100;

/** The read marker of one person, and the number of others' messages after it. */
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

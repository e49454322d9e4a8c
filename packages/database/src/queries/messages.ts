import type { Message } from '@baton/protocol';
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { messages } from '../schema/messages.ts';
import type { Key } from './conversations.ts';
import { messageColumns, toMessage } from './message-row.ts';
import type { Queryable } from './queryable.ts';

export interface MessageRange {
  /** Exclusive. */
  after?: number | undefined;
  /** Exclusive. */
  before?: number | undefined;
  /** Written or changed since the conversation had this revision. */
  sinceRevision?: number | undefined;
}

/** By rising `seq`. Of more than `limit` those at the `end` that is asked for. */
export async function readMessages(
  db: Queryable,
  key: Key,
  { after, before, sinceRevision }: MessageRange,
  limit: number,
  end: 'oldest' | 'newest',
): Promise<Message[]> {
  const rows = await db
    .select(messageColumns)
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, key.workspaceId),
        eq(messages.conversationId, key.conversationId),
        after === undefined ? undefined : gt(messages.seq, after),
        before === undefined ? undefined : lt(messages.seq, before),
        sinceRevision === undefined ? undefined : gt(messages.revision, sinceRevision),
      ),
    )
    .orderBy(end === 'oldest' ? asc(messages.seq) : desc(messages.seq))
    .limit(limit);
  const found = rows.map(toMessage);
  return end === 'oldest' ? found : found.reverse();
}

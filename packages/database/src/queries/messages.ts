import type { Message } from '@baton/protocol';
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { messages } from '../schema/messages.ts';
import type { Key } from './conversations.ts';
import type { Queryable } from './queryable.ts';
import { messageJson } from '../store/sql-fragments.ts';

export interface MessageRange {
  /** Exclusive. */
  after?: number | undefined;
  /** Exclusive. */
  before?: number | undefined;
  /** Only messages that were written or changed after this revision of the conversation. */
  sinceRevision?: number | undefined;
}

/** Reads messages in order of `seq`: at most `limit` of them, from this `end` of the range. */
export async function readMessages(
  db: Queryable,
  key: Key,
  { after, before, sinceRevision }: MessageRange,
  limit: number,
  end: 'oldest' | 'newest',
): Promise<Message[]> {
  const rows = await db
    .select({ message: sql<Message>`${sql.raw(messageJson('messages'))}` })
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
  const found = rows.map(({ message }) => message);
  return end === 'oldest' ? found : found.reverse();
}

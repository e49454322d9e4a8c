import type { Message } from '@baton/protocol';
import { sql } from 'drizzle-orm';
import { messages } from '../schema/messages.ts';
import { isRetrying } from '../store/sql-fragments.ts';

export const messageColumns = {
  id: messages.id,
  conversationId: messages.conversationId,
  seq: messages.seq,
  origin: messages.origin,
  authorId: messages.authorId,
  authorName: messages.authorName,
  note: messages.note,
  text: messages.text,
  createdAt: messages.createdAt,
  revision: messages.revision,
  delivery: messages.delivery,
  retrying: sql<boolean>`${sql.raw(isRetrying('messages'))}`,
  clientMessageId: messages.clientMessageId,
};

type MessageRow = Pick<typeof messages.$inferSelect, Exclude<keyof typeof messageColumns, 'retrying'>> & {
  retrying: boolean;
};

export function toMessage({ origin, authorId, authorName, createdAt, ...row }: MessageRow): Message {
  return {
    ...row,
    author: { kind: origin, id: authorId, name: authorName },
    createdAt: createdAt.toISOString(),
  };
}

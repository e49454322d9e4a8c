import type { Conversation, ConversationState, ConversationStatus, Holder } from '@baton/protocol';
import { and, desc, eq, gte, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { customers } from '../schema/channels.ts';
import { conversations } from '../schema/conversations.ts';
import { lanes } from '../schema/lanes.ts';
import { messages } from '../schema/messages.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import type { Queryable } from './queryable.ts';
import { readingOf } from './reading.ts';

/** `someone` is any person, here or on another device. */
export type HolderFilter = Exclude<Holder['kind'], 'teammates'> | 'someone' | { teammateId: string };

export interface ConversationFilter {
  state?: ConversationState | undefined;
  status?: ConversationStatus | undefined;
  holder?: HolderFilter | undefined;
  /** A teammate's id, or null for what is nobody's. */
  assigneeId?: string | null | undefined;
  /** Found in the customer's name or in a message. */
  text?: string | undefined;
  changedSince?: Date | undefined;
}

/** Where a page ended: the exact time, which a `Date` would round to milliseconds, and the id. */
export interface ListPosition {
  changedAt: string;
  id: string;
}

/** The latest change first. `unread` and `readSeq` are `readerId`'s. */
export async function listConversations(
  db: Queryable,
  workspaceId: string,
  readerId: string,
  filter: ConversationFilter,
  page: { limit: number; after: ListPosition | null },
): Promise<{ items: Conversation[]; end: ListPosition | null }> {
  const rows = await selectConversations(db, { ...readingOf(readerId), changedAt: exactly(lanes.changedAt) })
    .where(
      and(
        eq(lanes.workspaceId, workspaceId),
        // Always true; what the index of the list asks for.
        isNotNull(lanes.changedAt),
        ...conditions(filter),
        page.after ? isAfter(page.after) : undefined,
      ),
    )
    .orderBy(desc(lanes.changedAt), desc(lanes.conversationId))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ ...toConversation(row), unread: row.unread, readSeq: row.readSeq })),
    end: rows.length > page.limit && last ? { changedAt: last.changedAt, id: last.conversation.id } : null,
  };
}

const exactly = (column: typeof lanes.changedAt): SQL<string> => sql<string>`${column}::text`;

const isAfter = ({ changedAt, id }: ListPosition): SQL =>
  sql`(${lanes.changedAt}, ${lanes.conversationId}) < (${changedAt}::timestamptz, ${id}::uuid)`;

function conditions({
  state,
  status,
  holder,
  assigneeId,
  text,
  changedSince,
}: ConversationFilter): (SQL | undefined)[] {
  return [
    state && eq(conversations.state, state),
    status && eq(conversations.status, status),
    holder && isHeldBy(holder),
    assigneeId === null ? isNull(conversations.assigneeId) : assigneeId && eq(conversations.assigneeId, assigneeId),
    changedSince && gte(lanes.changedAt, changedSince),
    text ? or(contains(customers.name, text), hasMessageWith(text)) : undefined,
  ].map((condition) => condition || undefined);
}

function isHeldBy(holder: HolderFilter): SQL {
  const held = conversations.holder;
  if (holder === 'someone') return sql`${held} ->> 'kind' in ('teammates', 'external')`;
  if (typeof holder === 'string') return sql`${held} ->> 'kind' = ${holder}`;
  return sql`${held} @> ${JSON.stringify({ kind: 'teammates', teammates: [{ id: holder.teammateId }] })}::jsonb`;
}

/** Wildcards in what a person typed are characters like others. */
function contains(column: typeof customers.name | typeof messages.text, text: string): SQL {
  const pattern = `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${column} ilike ${pattern}`;
}

// A second look at the table that `lastMessage` comes from, so it needs another name.
const hasMessageWith = (text: string): SQL => sql`exists (
  select from ${messages} as found
  where found.workspace_id = ${conversations.workspaceId} and found.conversation_id = ${conversations.id}
    and found.text ilike ${`%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`})`;

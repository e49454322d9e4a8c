import type { Conversation, ConversationState, ConversationStatus } from '@baton/protocol';
import { and, desc, eq, gte, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { customers } from '../schema/channels.ts';
import { conversations } from '../schema/conversations.ts';
import { lanes } from '../schema/lanes.ts';
import { messages, readMarkers } from '../schema/messages.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import type { Queryable } from './queryable.ts';

export interface ConversationFilter {
  state?: ConversationState | undefined;
  status?: ConversationStatus | undefined;
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

/** Counting further helps nobody, and a busy conversation would make it slow. */
const MOST_UNREAD = 100;

/** The latest change first. `unread` is `readerId`'s. */
export async function listConversations(
  db: Queryable,
  workspaceId: string,
  readerId: string,
  filter: ConversationFilter,
  page: { limit: number; after: ListPosition | null },
): Promise<{ items: Conversation[]; end: ListPosition | null }> {
  const rows = await selectConversations(db, { unread: unreadOf(readerId), changedAt: exactly(lanes.changedAt) })
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
    items: shown.map((row) => ({ ...toConversation(row), unread: row.unread })),
    end: rows.length > page.limit && last ? { changedAt: last.changedAt, id: last.conversation.id } : null,
  };
}

const exactly = (column: typeof lanes.changedAt): SQL<string> => sql<string>`${column}::text`;

const isAfter = ({ changedAt, id }: ListPosition): SQL =>
  sql`(${lanes.changedAt}, ${lanes.conversationId}) < (${changedAt}::timestamptz, ${id}::uuid)`;

function conditions({ state, status, assigneeId, text, changedSince }: ConversationFilter): (SQL | undefined)[] {
  return [
    state && eq(conversations.state, state),
    status && eq(conversations.status, status),
    assigneeId === null ? isNull(conversations.assigneeId) : assigneeId && eq(conversations.assigneeId, assigneeId),
    changedSince && gte(lanes.changedAt, changedSince),
    text ? or(contains(customers.name, text), hasMessageWith(text)) : undefined,
  ].map((condition) => condition || undefined);
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

const unreadOf = (readerId: string): SQL<number> => sql<number>`(
  select count(*)::int from (
    select from ${messages} as unread
    where unread.workspace_id = ${conversations.workspaceId} and unread.conversation_id = ${conversations.id}
      and unread.author_id is distinct from ${readerId} and unread.origin <> 'system'
      and unread.seq > coalesce((
        select seq from ${readMarkers} as marker
        where marker.workspace_id = ${conversations.workspaceId} and marker.conversation_id = ${conversations.id}
          and marker.user_id = ${readerId}), 0)
    limit ${MOST_UNREAD}) as counted)`;

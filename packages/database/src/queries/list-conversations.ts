import { CONVERSATION_STATES, type Conversation, type ConversationState, type Holder } from '@baton/protocol';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { lanes } from '../schema/lanes.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import { type Check, type FoundPage, filterList, toPage } from './filter-list.ts';
import { type ListFilter, type ListPosition, readListKeys } from './list-order.ts';
import { readStateOf } from './read-state.ts';
import { searchConversations } from './search-conversations.ts';

export type { ListPosition } from './list-order.ts';

/** `someone`: any person, in the inbox or on another device. */
export type HolderFilter = Exclude<Holder['kind'], 'teammates'> | 'someone' | { teammateId: string };

export interface ConversationFilter extends Omit<ListFilter, 'states'> {
  state?: ConversationState | undefined;
  holder?: HolderFilter | undefined;
  /** Finds conversations in which one message, or the customer's name, contains all words. */
  text?: string | undefined;
}

/**
 * Lists conversations, the latest change first, with the unread count of `readerId`. A page that is not full may have an
 * `end`: the list goes on there.
 */
export async function listConversations(
  db: Database,
  workspaceId: string,
  readerId: string,
  filter: ConversationFilter,
  page: { limit: number; after: ListPosition | null },
): Promise<{ items: Conversation[]; end: ListPosition | null }> {
  const { keys, end } = await findKeys(db, workspaceId, filter, page);
  return { items: await readInOrder(db, workspaceId, readerId, keys), end };
}

async function findKeys(
  db: Database,
  workspaceId: string,
  { text, holder, state, ...rest }: ConversationFilter,
  page: { limit: number; after: ListPosition | null },
): Promise<FoundPage> {
  const states = statesOf(holder).filter((it) => state === undefined || it === state);
  const filter = { ...rest, states };
  const check = holder === undefined ? null : isHeldBy(workspaceId, holder);
  if (text) return await searchConversations(db, workspaceId, text, filter, check, page);
  if (check) return await filterList(db, workspaceId, filter, page, [check]);
  return toPage(await readListKeys(db, workspaceId, filter, page.after, page.limit + 1), page.limit);
}

async function readInOrder(db: Database, workspaceId: string, readerId: string, keys: ListPosition[]) {
  if (keys.length === 0) return [];
  const ids = keys.map(({ id }) => id);
  const rows = await selectConversations(db, readStateOf(readerId)).where(
    and(eq(lanes.workspaceId, workspaceId), inArray(lanes.conversationId, ids)),
  );
  const byId = new Map(
    rows.map((row) => [row.conversation.id, { ...toConversation(row), unread: row.unread, readSeq: row.readSeq }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The states in which this kind of holder is possible. */
function statesOf(holder: HolderFilter | undefined): readonly ConversationState[] {
  if (holder === undefined) return CONVERSATION_STATES;
  if (holder === 'agent') return ['agentActive'];
  if (holder === 'team') return ['agentDisabled'];
  return holder === 'external' ? ['humanPriorityWindow'] : ['humanActive', 'humanPriorityWindow'];
}

/** Checks the person, which the state does not tell. Few conversations are in these states at a time. */
function isHeldBy(workspaceId: string, holder: HolderFilter): Check | null {
  if (holder !== 'external' && typeof holder === 'string') return null;
  const held =
    typeof holder === 'string' ? { kind: holder } : { kind: 'teammates', teammates: [{ id: holder.teammateId }] };
  return (id) => sql`exists (
    select from (
      select c.holder from conversations c where c.workspace_id = ${workspaceId}::uuid and c.id = ${id} offset 0
    ) c where c.holder @> ${JSON.stringify(held)}::jsonb)`;
}

import type { Conversation, Draft, Transition } from '@baton/protocol';
import { cause } from '@baton/protocol';
import { and, asc, desc, eq, gt, inArray, or, sql, type Column, type SQL } from 'drizzle-orm';
import { conversations, transitions } from '../schema/conversations.ts';
import { lanes } from '../schema/lanes.ts';
import { drafts, readMarkers } from '../schema/messages.ts';
import { selectConversations, toConversation } from './conversation-row.ts';
import type { Queryable } from './queryable.ts';
import { readStateOf } from './read-state.ts';

export interface Key {
  workspaceId: string;
  conversationId: string;
}

const isIn = (table: typeof lanes | typeof transitions | typeof drafts, key: Key) =>
  and(eq(table.workspaceId, key.workspaceId), eq(table.conversationId, key.conversationId));

export async function hasConversation(db: Queryable, key: Key): Promise<boolean> {
  const rows = await db.select({ id: lanes.conversationId }).from(lanes).where(isIn(lanes, key));
  return rows.length > 0;
}

/** Includes the unread count of `readerId`. */
export async function findConversation(db: Queryable, key: Key, readerId: string): Promise<Conversation | null> {
  const [row] = await selectConversations(db, readStateOf(readerId)).where(isIn(lanes, key));
  return row ? { ...toConversation(row), unread: row.unread, readSeq: row.readSeq } : null;
}

/** Reads the conversations that exist, in any order. */
export async function readConversations(db: Queryable, keys: Key[]): Promise<(Conversation & { key: Key })[]> {
  if (keys.length === 0) return [];
  const rows = await selectConversations(db, { workspaceId: sql<string>`${lanes.workspaceId}` }).where(
    among(lanes.workspaceId, lanes.conversationId, keys),
  );
  return rows.map((row) => ({
    ...toConversation(row),
    key: { workspaceId: row.workspaceId, conversationId: row.conversation.id },
  }));
}

export async function readRevisions(db: Queryable, keys: Key[]): Promise<{ key: Key; revision: number }[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select({
      workspaceId: conversations.workspaceId,
      conversationId: conversations.id,
      revision: conversations.revision,
    })
    .from(conversations)
    .where(among(conversations.workspaceId, conversations.id, keys));
  return rows.map(({ revision, ...key }) => ({ key, revision }));
}

function among(workspace: Column, conversation: Column, keys: Key[]): SQL | undefined {
  const byWorkspace = Map.groupBy(keys, ({ workspaceId }) => workspaceId);
  return or(
    ...[...byWorkspace].map(([workspaceId, of]) => {
      const ids = of.map(({ conversationId }) => conversationId);
      return and(eq(workspace, workspaceId), inArray(conversation, ids));
    }),
  );
}

/** Reads transitions in order of version, after version `after`. */
export async function listTransitions(
  db: Queryable,
  key: Key,
  { after, limit }: { after: number; limit: number },
): Promise<Transition[]> {
  const rows = await db
    .select()
    .from(transitions)
    .where(and(isIn(transitions, key), gt(transitions.version, after)))
    .orderBy(asc(transitions.version))
    .limit(limit);
  return rows.map((row) => ({
    version: row.version,
    event: row.event,
    from: row.fromState,
    to: row.toState,
    fromLeaf: row.fromLeaf,
    toLeaf: row.toLeaf,
    by: cause.parse(row.causedBy),
    at: row.at.toISOString(),
  }));
}

/** Reads the newest drafts first. */
export async function listDrafts(db: Queryable, key: Key): Promise<Draft[]> {
  const rows = await db
    .select({ turn: drafts.turn, text: drafts.text, at: drafts.at })
    .from(drafts)
    .where(isIn(drafts, key))
    .orderBy(desc(drafts.turn))
    .limit(20);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Moves a read marker forward, at most to the last message. Returns the marker, or null if there is no such conversation. */
export async function markRead(db: Queryable, key: Key, userId: string, seq: number): Promise<number | null> {
  const there = db
    .select({
      workspaceId: conversations.workspaceId,
      conversationId: conversations.id,
      userId: sql`${userId}`.as('user_id'),
      seq: sql`least(${seq}, ${conversations.lastSeq})`.as('seq'),
      at: sql`now()`.as('at'),
    })
    .from(conversations)
    .where(and(eq(conversations.workspaceId, key.workspaceId), eq(conversations.id, key.conversationId)));
  const rows = await db
    .insert(readMarkers)
    .select(there)
    .onConflictDoUpdate({
      target: [readMarkers.workspaceId, readMarkers.conversationId, readMarkers.userId],
      set: { seq: sql`greatest(${readMarkers.seq}, excluded.seq)`, at: sql`now()` },
    })
    .returning({ seq: readMarkers.seq });
  return rows[0]?.seq ?? null;
}

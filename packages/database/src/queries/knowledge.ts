import type { KnowledgeEntry } from '@baton/protocol';
import { and, asc, eq } from 'drizzle-orm';
import { knowledgeEntries } from '../schema/agents.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

const shown = { id: knowledgeEntries.id, question: knowledgeEntries.question, answer: knowledgeEntries.answer };

const entry = (workspaceId: string, id: string) =>
  and(eq(knowledgeEntries.workspaceId, workspaceId), eq(knowledgeEntries.id, id));

export function listKnowledge(db: Queryable, workspaceId: string): Promise<KnowledgeEntry[]> {
  return db
    .select(shown)
    .from(knowledgeEntries)
    .where(eq(knowledgeEntries.workspaceId, workspaceId))
    .orderBy(asc(knowledgeEntries.id));
}

export async function insertKnowledge(
  db: Queryable,
  workspaceId: string,
  given: Omit<KnowledgeEntry, 'id'>,
): Promise<KnowledgeEntry> {
  const id = newId();
  await db.insert(knowledgeEntries).values({ workspaceId, id, ...given });
  return { id, ...given };
}

export async function updateKnowledge(
  db: Queryable,
  workspaceId: string,
  { id, ...given }: KnowledgeEntry,
): Promise<KnowledgeEntry | null> {
  const [row] = await db
    .update(knowledgeEntries)
    .set({ ...given, updatedAt: new Date() })
    .where(entry(workspaceId, id))
    .returning(shown);
  return row ?? null;
}

export async function deleteKnowledge(db: Queryable, workspaceId: string, id: string): Promise<KnowledgeEntry | null> {
  const [row] = await db.delete(knowledgeEntries).where(entry(workspaceId, id)).returning(shown);
  return row ?? null;
}

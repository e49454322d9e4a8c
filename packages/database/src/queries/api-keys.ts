import type { ApiKeyEntry } from '@baton/protocol';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';
import { findTeammate } from './teammates.ts';

export async function listApiKeys(db: Queryable, workspaceId: string): Promise<ApiKeyEntry[]> {
  const rows = await db
    .select({ id: apiKeys.id, name: apiKeys.name, teammateId: apiKeys.userId, createdAt: apiKeys.createdAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt)))
    .orderBy(asc(apiKeys.id));
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Returns null if the teammate is not in this workspace. */
export async function insertApiKey(
  tx: Queryable,
  workspaceId: string,
  key: { name: string; teammateId: string; keyHash: string },
): Promise<string | null> {
  if (!(await findTeammate(tx, workspaceId, key.teammateId))) return null;
  const id = newId();
  await tx.insert(apiKeys).values({ workspaceId, id, userId: key.teammateId, name: key.name, keyHash: key.keyHash });
  return id;
}

/** Returns null if the workspace has no such active key. */
export async function revokeApiKey(tx: Queryable, workspaceId: string, id: string): Promise<{ id: string } | null> {
  const [row] = await tx
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return row ?? null;
}

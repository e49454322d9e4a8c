import type { Role } from '@baton/protocol';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { users } from '../schema/auth.ts';
import { apiKeys, teammates, workspaces } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';

/** A person's role in a workspace. */
export interface Membership {
  teammate: { id: string; name: string; email: string };
  workspace: { id: string; name: string };
  role: Role;
}

const columns = {
  teammate: { id: users.id, name: users.name, email: users.email },
  workspace: { id: workspaces.id, name: workspaces.name },
  role: teammates.role,
};

/** Finds the workspace that a person signs in to: the first one they joined. Returns null if no membership is active. */
export async function findMembership(db: Queryable, userId: string): Promise<Membership | null> {
  const [row] = await db
    .select(columns)
    .from(teammates)
    .innerJoin(users, eq(users.id, teammates.userId))
    .innerJoin(workspaces, eq(workspaces.id, teammates.workspaceId))
    .where(and(eq(teammates.userId, userId), isNull(teammates.revokedAt)))
    .orderBy(asc(teammates.createdAt))
    .limit(1);
  return row ?? null;
}

/** Returns null if there is no such key, or if the key or its teammate is revoked. */
export async function findByApiKey(
  db: Queryable,
  keyHash: string,
): Promise<(Membership & { apiKeyId: string }) | null> {
  const [row] = await db
    .select({ ...columns, apiKeyId: apiKeys.id })
    .from(apiKeys)
    .innerJoin(teammates, and(eq(teammates.workspaceId, apiKeys.workspaceId), eq(teammates.userId, apiKeys.userId)))
    .innerJoin(users, eq(users.id, teammates.userId))
    .innerJoin(workspaces, eq(workspaces.id, teammates.workspaceId))
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt), isNull(teammates.revokedAt)));
  return row ?? null;
}

import type { Role } from '@baton/protocol';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { sessions, users } from '../schema/auth.ts';
import { apiKeys, teammates, workspaces } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';

/** Somebody who may act in a workspace. */
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

/** The workspace that this person signs in to: the one they joined first. Null when revoked everywhere. */
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

/** Null: no such key, or it or its teammate is revoked. */
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

export interface LiveCredentials {
  sessionIds: Set<string>;
  apiKeyIds: Set<string>;
}

/**
 * Which of these are still good, with their membership: what open sockets are checked against every second (SEE-5).
 * Two queries, whatever the number.
 */
export async function liveCredentials(
  db: Queryable,
  asked: { sessionIds: string[]; apiKeyIds: string[] },
): Promise<LiveCredentials> {
  const [liveSessions, liveKeys] = await Promise.all([
    asked.sessionIds.length === 0
      ? []
      : db
          .select({ id: sessions.id })
          .from(sessions)
          .innerJoin(teammates, and(eq(teammates.userId, sessions.userId), isNull(teammates.revokedAt)))
          .where(and(inArray(sessions.id, asked.sessionIds), gt(sessions.expiresAt, new Date()))),
    asked.apiKeyIds.length === 0
      ? []
      : db
          .select({ id: apiKeys.id })
          .from(apiKeys)
          .innerJoin(
            teammates,
            and(
              eq(teammates.workspaceId, apiKeys.workspaceId),
              eq(teammates.userId, apiKeys.userId),
              isNull(teammates.revokedAt),
            ),
          )
          .where(and(inArray(apiKeys.id, asked.apiKeyIds), isNull(apiKeys.revokedAt))),
  ]);
  return {
    sessionIds: new Set(liveSessions.map(({ id }) => id)),
    apiKeyIds: new Set(liveKeys.map(({ id }) => id)),
  };
}

import type { Role, Teammate } from '@baton/protocol';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { accounts, sessions, users } from '../schema/auth.ts';
import { apiKeys, teammates } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

const shown = { id: users.id, name: users.name, email: users.email, role: teammates.role };

const member = (workspaceId: string, userId: string) =>
  and(eq(teammates.workspaceId, workspaceId), eq(teammates.userId, userId), isNull(teammates.revokedAt));

export function listTeammates(db: Queryable, workspaceId: string): Promise<Teammate[]> {
  return db
    .select(shown)
    .from(teammates)
    .innerJoin(users, eq(users.id, teammates.userId))
    .where(and(eq(teammates.workspaceId, workspaceId), isNull(teammates.revokedAt)))
    .orderBy(asc(users.name), asc(users.id));
}

export async function findTeammate(db: Queryable, workspaceId: string, userId: string): Promise<Teammate | null> {
  const [row] = await db
    .select(shown)
    .from(teammates)
    .innerJoin(users, eq(users.id, teammates.userId))
    .where(member(workspaceId, userId));
  return row ?? null;
}

export interface NewTeammate {
  name: string;
  email: string;
  passwordHash: string;
  role: Role;
}

/**
 * Adds a teammate with a password. A teammate who was revoked here returns under the same id with the new password. Returns
 * null if the email belongs to another person.
 */
export async function insertTeammate(tx: Queryable, workspaceId: string, given: NewTeammate): Promise<Teammate | null> {
  const email = given.email.toLowerCase();
  const [user] = await tx
    .insert(users)
    .values({ id: newId(), name: given.name, email })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (!user) return reinstate(tx, workspaceId, { ...given, email });

  await tx.insert(accounts).values({
    id: newId(),
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: given.passwordHash,
  });
  await tx.insert(teammates).values({ workspaceId, userId: user.id, role: given.role });
  return { id: user.id, name: given.name, email, role: given.role };
}

async function reinstate(tx: Queryable, workspaceId: string, given: NewTeammate): Promise<Teammate | null> {
  const [former] = await tx
    .select({ id: users.id, revokedAt: teammates.revokedAt })
    .from(users)
    .innerJoin(teammates, and(eq(teammates.userId, users.id), eq(teammates.workspaceId, workspaceId)))
    .where(eq(users.email, given.email))
    .for('update');
  if (!former?.revokedAt) return null;
  await tx.update(users).set({ name: given.name, updatedAt: new Date() }).where(eq(users.id, former.id));
  await tx.update(accounts).set({ password: given.passwordHash }).where(eq(accounts.userId, former.id));
  await tx
    .update(teammates)
    .set({ role: given.role, revokedAt: null })
    .where(and(eq(teammates.workspaceId, workspaceId), eq(teammates.userId, former.id)));
  return { id: former.id, name: given.name, email: given.email, role: given.role };
}

/** Returns null if there is no such teammate. The last owner of a workspace must stay owner. */
export async function changeRole(
  tx: Queryable,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<Teammate | 'lastOwner' | null> {
  if (role !== 'owner' && (await isLastOwner(tx, workspaceId, userId))) return 'lastOwner';
  await tx.update(teammates).set({ role }).where(member(workspaceId, userId));
  return findTeammate(tx, workspaceId, userId);
}

/** Renames a person in all their workspaces. Earlier messages keep the earlier name. */
export async function rename(tx: Queryable, userId: string, name: string): Promise<void> {
  await tx.update(users).set({ name, updatedAt: new Date() }).where(eq(users.id, userId));
}

/** Ends a membership, its API keys and, with the last membership, all sessions. */
export async function revokeTeammate(
  tx: Queryable,
  workspaceId: string,
  userId: string,
): Promise<'revoked' | 'lastOwner' | null> {
  if (await isLastOwner(tx, workspaceId, userId)) return 'lastOwner';
  const now = new Date();
  const ended = await tx
    .update(teammates)
    .set({ revokedAt: now })
    .where(member(workspaceId, userId))
    .returning({ id: teammates.userId });
  if (ended.length === 0) return null;
  await tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)));
  const elsewhere = await tx
    .select({ id: teammates.userId })
    .from(teammates)
    .where(and(eq(teammates.userId, userId), isNull(teammates.revokedAt)));
  if (elsewhere.length === 0) await tx.delete(sessions).where(eq(sessions.userId, userId));
  return 'revoked';
}

/** Locks the owners, so that two owners cannot demote each other at the same time. */
async function isLastOwner(tx: Queryable, workspaceId: string, userId: string): Promise<boolean> {
  const owners = await tx
    .select({ id: teammates.userId })
    .from(teammates)
    .where(and(eq(teammates.workspaceId, workspaceId), eq(teammates.role, 'owner'), isNull(teammates.revokedAt)))
    .for('update');
  return owners.length === 1 && owners[0]?.id === userId;
}

/** True if the email belongs to a teammate of any workspace on this server. */
export async function isTeammateSomewhere(db: Queryable, email: string): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(teammates, and(eq(teammates.userId, users.id), isNull(teammates.revokedAt)))
    .where(eq(users.email, email))
    .limit(1);
  return rows.length > 0;
}

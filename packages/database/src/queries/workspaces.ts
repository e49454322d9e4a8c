import { sql } from 'drizzle-orm';
import { workspaces } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

export async function hasWorkspace(db: Queryable): Promise<boolean> {
  const rows = await db.select({ id: workspaces.id }).from(workspaces).limit(1);
  return rows.length > 0;
}

/** Blocks the creation of a first workspace elsewhere until the transaction ends. */
export async function lockFirstWorkspace(tx: Queryable): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('baton first workspace'))`);
}

export async function insertWorkspace(db: Queryable, name: string): Promise<string> {
  const id = newId();
  await db.insert(workspaces).values({ id, name });
  return id;
}

import type { Database } from '@baton/database';
import { insertApiKey } from '@baton/database/queries/api-keys';
import { recordAudit } from '@baton/database/queries/audit';
import { insertTeammate } from '@baton/database/queries/teammates';
import { hasWorkspace, insertWorkspace, lockFirstWorkspace } from '@baton/database/queries/workspaces';
import type { Auth } from './auth.ts';
import { hashSecret } from '@baton/channels';

export interface NewWorkspace {
  name: string;
  owner: { name: string; email: string; password: string };
  /** A key of the operator's own choosing that acts as the owner (`ADMIN_API_KEY`). */
  apiKey?: string | undefined;
}

/**
 * The server's first workspace with its owner. Null when there is a workspace already: of several that try at once, one
 * makes it.
 */
export async function createFirstWorkspace(
  { db, auth }: { db: Database; auth: Pick<Auth, 'hashPassword'> },
  given: NewWorkspace,
): Promise<{ workspaceId: string; ownerId: string } | null> {
  const passwordHash = await auth.hashPassword(given.owner.password);
  return db.transaction(async (tx) => {
    await lockFirstWorkspace(tx);
    if (await hasWorkspace(tx)) return null;
    const workspaceId = await insertWorkspace(tx, given.name);
    const { name, email } = given.owner;
    const owner = await insertTeammate(tx, workspaceId, { name, email, passwordHash, role: 'owner' });
    if (!owner) throw new Error('the address of the first owner is taken, in a database without a workspace');
    await recordAudit(tx, workspaceId, owner, { action: 'workspace.created', subjectId: workspaceId });
    if (given.apiKey !== undefined) {
      const key = { name: 'ADMIN_API_KEY', teammateId: owner.id, keyHash: hashSecret(given.apiKey) };
      await insertApiKey(tx, workspaceId, key);
    }
    return { workspaceId, ownerId: owner.id };
  });
}

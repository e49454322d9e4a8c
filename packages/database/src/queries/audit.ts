import type { Database } from '../connect.ts';
import { auditLog } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

/** A person who acts in a workspace. */
export interface Actor {
  workspaceId: string;
  id: string;
  name: string;
}

/** Changes to the workspace itself. */
export type AdministrativeAct =
  | 'workspace.created'
  | 'teammate.renamed'
  | 'teammate.added'
  | 'teammate.changed'
  | 'teammate.revoked'
  | 'apiKey.added'
  | 'apiKey.revoked'
  | 'agent.added'
  | 'agent.changed'
  | 'agent.paused'
  | 'agent.resumed'
  | 'agent.rules.changed'
  | 'channel.added'
  | 'channel.changed'
  | 'channel.disabled'
  | 'channel.secret.rotated'
  | 'knowledge.added'
  | 'knowledge.changed'
  | 'knowledge.deleted'
  | 'quarantine.lifted';

/** The subject of an audit row, and what a reader of the log should know. Never holds a secret. */
interface AuditEntry {
  subjectId: string;
  detail?: Record<string, unknown>;
}

/** Runs a settings write and records it in the same transaction, so that neither is stored without the other. */
export async function audited<T>(
  db: Database,
  by: Actor,
  action: AdministrativeAct,
  work: (tx: Queryable) => Promise<AuditEntry & { result: T }>,
): Promise<T> {
  return await db.transaction(async (tx) => {
    const { result, ...entry } = await work(tx);
    await recordAudit(tx, by.workspaceId, by, { action, ...entry });
    return result;
  });
}

/** For writes that need a transaction of their own shape. Everything else uses `audited`. */
export async function recordAudit(
  db: Queryable,
  workspaceId: string,
  actor: { id: string; name: string },
  act: AuditEntry & { action: AdministrativeAct },
): Promise<void> {
  await db.insert(auditLog).values({
    workspaceId,
    id: newId(),
    actorId: actor.id,
    actorName: actor.name,
    action: act.action,
    subjectId: act.subjectId,
    detail: act.detail ?? {},
  });
}

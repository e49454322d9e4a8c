import { auditLog } from '../schema/workspaces.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

/** What was done to the workspace itself. */
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

/** Goes into the transaction of the act: neither is there without the other. `detail` never holds a secret. */
export async function recordAudit(
  db: Queryable,
  workspaceId: string,
  actor: { id: string; name: string },
  act: { action: AdministrativeAct; subjectId: string; detail?: Record<string, unknown> },
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

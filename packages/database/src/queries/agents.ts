import {
  type Agent,
  AGENT_BACKEND_FORMS,
  type AgentBackendSettings,
  type HumanInteractionRules,
  secretField,
  secretFlag,
} from '@baton/protocol';
import { and, asc, eq } from 'drizzle-orm';
import { agents, type ShownBackend } from '../schema/agents.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

const columns = {
  id: agents.id,
  name: agents.name,
  backend: agents.backend,
  backendSecret: agents.backendSecret,
  paused: agents.paused,
};

type Row = { id: string; name: string; backend: ShownBackend; backendSecret: string | null; paused: boolean };

/** Leaves the secret out: clients only see whether there is one. */
function toAgent({ backendSecret, backend, ...row }: Row): Agent {
  const field = secretField(AGENT_BACKEND_FORMS[backend.kind]);
  if (field === null) return { ...row, backend };
  return { ...row, backend: { ...backend, [secretFlag(field)]: backendSecret !== null } };
}

function split(settings: AgentBackendSettings): { backend: ShownBackend; backendSecret: string | null } {
  const { kind } = settings;
  const backend: ShownBackend = { ...settings };
  const field = secretField(AGENT_BACKEND_FORMS[kind]);
  if (field === null) return { backend, backendSecret: null };
  const { [field]: secret, ...shown } = backend;
  return { backend: { ...shown, kind }, backendSecret: typeof secret === 'string' ? secret : null };
}

const one = (workspaceId: string, id: string) => and(eq(agents.workspaceId, workspaceId), eq(agents.id, id));

export async function listAgents(db: Queryable, workspaceId: string): Promise<Agent[]> {
  const rows = await db.select(columns).from(agents).where(eq(agents.workspaceId, workspaceId)).orderBy(asc(agents.id));
  return rows.map(toAgent);
}

export async function findAgent(db: Queryable, workspaceId: string, id: string): Promise<Agent | null> {
  const [row] = await db.select(columns).from(agents).where(one(workspaceId, id));
  return row ? toAgent(row) : null;
}

export async function insertAgent(
  db: Queryable,
  workspaceId: string,
  given: { name: string; backend: AgentBackendSettings },
): Promise<Agent> {
  const row = { id: newId(), name: given.name, ...split(given.backend) };
  await db.insert(agents).values({ workspaceId, ...row });
  return toAgent({ ...row, paused: false });
}

/**
 * Changes name and backend; pausing is a change of rules. A backend of the same kind without a secret keeps the one it
 * has, because no answer shows it, so clients cannot send it back.
 */
export async function updateAgent(
  tx: Queryable,
  workspaceId: string,
  id: string,
  change: { name?: string | undefined; backend?: AgentBackendSettings | undefined },
): Promise<Agent | null> {
  const [before] = await tx.select(columns).from(agents).where(one(workspaceId, id)).for('update');
  if (!before) return null;
  const name = change.name ?? before.name;
  const { backend, backendSecret } = change.backend ? split(change.backend) : before;
  const kept = backend.kind === before.backend.kind ? before.backendSecret : null;
  const row = { name, backend, backendSecret: backendSecret ?? kept };
  await tx.update(agents).set(row).where(one(workspaceId, id));
  return toAgent({ ...before, ...row });
}

export async function findRules(db: Queryable, workspaceId: string, id: string): Promise<HumanInteractionRules | null> {
  const [row] = await db
    .select({
      muteWhenHumanActive: agents.muteWhenHumanActive,
      humanPriorityWindowSeconds: agents.humanPriorityWindowSeconds,
      replyDelaySeconds: agents.replyDelaySeconds,
    })
    .from(agents)
    .where(one(workspaceId, id));
  return row ?? null;
}

import { AGENT_BACKEND_FORMS, secretField } from '@baton/protocol';
import type { Sql } from '../connect.ts';
import type { ShownBackend } from '../schema/agents.ts';
import { run } from './statement.ts';

/** Read for every reply, so that changes apply at once. */
export const FIND_AGENT_BACKEND = `
select name, backend, backend_secret as secret from agents where workspace_id = $1::uuid and id = $2::uuid`;

/** The settings with the secret, for the caller of the backend. Null: the workspace has no such agent. @throws StoreUnavailable */
export async function findAgentBackend(
  sql: Sql,
  workspaceId: string,
  id: string,
): Promise<{ name: string; backend: ShownBackend } | null> {
  const [row] = await run<{ name: string; backend: ShownBackend; secret: string | null }>(sql, FIND_AGENT_BACKEND, [
    workspaceId,
    id,
  ]);
  if (!row) return null;
  const { name, backend, secret } = row;
  const field = secretField(AGENT_BACKEND_FORMS[backend.kind]);
  return { name, backend: field === null || secret === null ? backend : { ...backend, [field]: secret } };
}

/** An edit changes the latest time, a deletion the count. */
export const KNOWLEDGE_VERSION = `
select count(*) || ' ' || coalesce(max(updated_at)::text, '') as version from knowledge_entries where workspace_id = $1::uuid`;

/** Reads a version that differs after every edit. @throws StoreUnavailable */
export async function readKnowledgeVersion(sql: Sql, workspaceId: string): Promise<string> {
  const [row] = await run<{ version: string }>(sql, KNOWLEDGE_VERSION, [workspaceId]);
  return row?.version ?? '';
}

import { type AgentPause, type Role } from '@baton/protocol';
import type { ConversationKey } from '@baton/runtime';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { agents } from '../schema/agents.ts';
import { channels } from '../schema/channels.ts';
import { ranges } from './list-order.ts';
import type { Queryable } from './queryable.ts';

// Periodic queries for all open sockets at once. Lists are JSON parameters, so that each query has one plan.

export interface Change {
  key: ConversationKey;
  revision: number;
  /** Milliseconds since 1970. */
  changedAt: number;
}

/** Reads conversations that changed after `since` (ms since 1970), the earliest change first. */
export async function readChanges(
  db: Queryable,
  workspaceIds: string[],
  since: number,
  limit: number,
): Promise<Change[]> {
  const rows = await db.execute<{
    workspace_id: string;
    conversation_id: string;
    revision: number;
    changed: number;
  }>(sql`
    select l.workspace_id, l.conversation_id, c.revision, (extract(epoch from l.changed_at) * 1000)::float8 as changed
    from json_array_elements_text(${JSON.stringify(workspaceIds)}::json) as w(id)
    cross join lateral (
      select l.* from ${ranges({})} cross join lateral (
        select workspace_id, conversation_id, changed_at from lanes
        where workspace_id = w.id::uuid and status = list_range.status and state = list_range.state
          and unassigned = list_range.unassigned and changed_at > ${new Date(since).toISOString()}::timestamptz
        order by changed_at limit ${limit}
      ) l
      order by l.changed_at limit ${limit}
    ) l
    join conversations c on c.workspace_id = l.workspace_id and c.id = l.conversation_id
    order by l.changed_at limit ${limit}`);
  return rows.map((row) => ({
    key: { workspaceId: row.workspace_id, conversationId: row.conversation_id },
    revision: row.revision,
    changedAt: row.changed,
  }));
}

/** A session or API key in one workspace. */
export interface Credential {
  kind: 'session' | 'apiKey';
  id: string;
  workspaceId: string;
  teammateId: string;
}

/** Reads the role of each valid credential by its id. Expired and revoked credentials are missing. */
export async function readStanding(db: Queryable, credentials: Credential[]): Promise<Map<string, Role>> {
  if (credentials.length === 0) return new Map();
  const rows = await db.execute<{ id: string; role: Role }>(sql`
    select k.id, t.role
    from json_to_recordset(${JSON.stringify(credentials)}::json)
      as k(kind text, id text, "workspaceId" uuid, "teammateId" text)
    join teammates t on t.workspace_id = k."workspaceId" and t.user_id = k."teammateId" and t.revoked_at is null
    where case k.kind
      when 'session' then exists (
        select from sessions s where s.id = k.id and s.user_id = t.user_id and s.expires_at > now())
      else exists (
        select from api_keys a where a.workspace_id = t.workspace_id and a.id = k.id::uuid
          and a.user_id = t.user_id and a.revoked_at is null)
      end`);
  return new Map(rows.map(({ id, role }) => [id, role]));
}

/** Reads the web origins that may embed a channel's chat. Returns null if the channel is missing or closed. */
export async function readAllowedOrigins(
  db: Queryable,
  workspaceId: string,
  channelId: string,
): Promise<string[] | null> {
  const [row] = await db
    .select({ settings: channels.settings })
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, channelId), isNull(channels.disabledAt)));
  if (!row) return null;
  return 'allowedOrigins' in row.settings ? (row.settings.allowedOrigins ?? []) : [];
}

/** Reads the agents of these workspaces with their pauses. */
export function readPauses(db: Queryable, workspaceIds: string[]): Promise<(AgentPause & { workspaceId: string })[]> {
  return db
    .select({
      workspaceId: agents.workspaceId,
      id: agents.id,
      version: agents.rulesVersion,
      paused: agents.paused,
      pausedBy: agents.pausedBy,
    })
    .from(agents)
    .where(inArray(agents.workspaceId, workspaceIds));
}

/** Reads the ids of conversations whose customer still has access: channel open, customer not blocked. */
export async function readVisitorAccess(db: Queryable, keys: ConversationKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    select c.id
    from json_to_recordset(${JSON.stringify(keys)}::json) as k("workspaceId" uuid, "conversationId" uuid)
    join conversations c on c.workspace_id = k."workspaceId" and c.id = k."conversationId"
    join customers u on u.workspace_id = c.workspace_id and u.id = c.customer_id and u.blocked_at is null
    join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id and h.disabled_at is null`);
  return new Set(rows.map(({ id }) => id));
}

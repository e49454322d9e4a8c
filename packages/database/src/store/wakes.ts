import type { Ms } from '@baton/conversation';
import type { ConversationKey, StoredConversation } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { byKey } from './sql-fragments.ts';
import { load } from './load.ts';
import { isoOrNull, run } from './statement.ts';

/** Rows of a queue are locked only for this statement; moving the due time is what keeps others off. Should this node die now, another
 * takes them up within 5 s, its poll included. */
export const CLAIM_DUE = `
with due as materialized (
  select l.workspace_id, l.conversation_id, l.wake_at from lanes l
  where l.wake_at <= now()
  order by l.wake_at limit $1::int
  for no key update skip locked
),
kept as (
  update lanes l set wake_at = now() + interval '3 s' from due
  where ${byKey('l', 'due')}
)
select workspace_id, conversation_id from due order by wake_at`;

export async function claimDue(sql: Sql, limit: number): Promise<StoredConversation[]> {
  const rows = await run<{ workspace_id: string; conversation_id: string }>(sql, CLAIM_DUE, [limit]);
  const keys = rows.map((row) => ({ workspaceId: row.workspace_id, conversationId: row.conversation_id }));
  const stored = await load(sql, keys);
  return stored.filter((it) => it !== null);
}

/**
 * The conversation's row is locked, so that the revision cannot move meanwhile: neither a commit nor a mark is put off. New
 * rules raise no revision, but make it due, and what is due is not put off either: only a claim that still runs. (Said in a way
 * that no index can be searched by: ADR 16.) One that was set aside stays so.
 */
export const POSTPONE = `
with held as materialized (
  select c.revision from conversations c
  where c.workspace_id = $1::uuid and c.id = $2::uuid and c.quarantined_at is null
  for no key update
)
update lanes l set wake_at = $4::timestamptz, has_pending_work = l.has_pending_work or $4::timestamptz is not null
from held
where held.revision = $3::int and coalesce(l.wake_at > clock_timestamp(), false)
  and l.workspace_id = $1::uuid and l.conversation_id = $2::uuid`;

export async function postpone(sql: Sql, key: ConversationKey, revision: number, wakeAt: Ms | null): Promise<void> {
  await run(sql, POSTPONE, [key.workspaceId, key.conversationId, revision, isoOrNull(wakeAt)]);
}

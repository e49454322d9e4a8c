import type { Ms } from '@baton/conversation';
import type { ConversationKey, StoredConversation } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { byKey } from './sql-fragments.ts';
import { load } from './load.ts';
import { isoOrNull, run } from './statement.ts';

/** Claims due lanes for 3 s by moving their due time. If this node crashes, another one takes them within 5 s. */
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
 * Postpones a wake unless a commit or mark has changed the revision; the lock keeps the revision stable. New rules do not raise
 * the revision, but make the lane due, so only a running claim is postponed. The `coalesce` keeps this condition off the index
 * (ADR 16). A quarantined conversation is skipped.
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

import { LEASE_MS } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { skipThenWait } from './skip-then-wait.ts';
import { byKey, toMs } from './sql-fragments.ts';
import { json, run } from './statement.ts';

/** Reads the leases after it has locked the row, so that a heartbeat cannot restore an ended lease. */
export const renewStatement = (mayWait: boolean) => `
with wanted as materialized (
  select * from jsonb_to_recordset($1::text::jsonb) as wanted(idx int, workspace_id uuid, conversation_id uuid, lease_ids text[])
),
held as materialized (
  select wanted.*, c.typing_leases from wanted
  cross join lateral (
    select c.typing_leases from conversations c
    where c.workspace_id = wanted.workspace_id and c.id = wanted.conversation_id
    for no key update ${mayWait ? '' : 'skip locked'}
  ) c
),
alive as materialized (
  select held.*, array(
    select lease.id from unnest(held.lease_ids) as lease(id)
    where (held.typing_leases ->> lease.id)::float8 > ${toMs('clock_timestamp()')}
  ) as renewed from held
),
moved as (
  update conversations c set typing_leases = c.typing_leases
    || (select jsonb_object_agg(id, ${toMs('clock_timestamp()')} + ${LEASE_MS}) from unnest(alive.renewed) as lease(id))
  from alive
  where cardinality(alive.renewed) > 0 and ${byKey('c', 'alive', 'id')}
)
select idx, to_jsonb(renewed) as renewed from alive
union all
select wanted.idx, '[]' from wanted where not exists (
  select from conversations c where c.workspace_id = wanted.workspace_id and c.id = wanted.conversation_id offset 0
)`;

export interface Renewal {
  key: ConversationKey;
  leaseId: string;
}

/** HOLD-4: extends live leases with one update per conversation. Returns which leases are live. */
export async function renewLeases(sql: Sql, renewals: Renewal[]): Promise<boolean[]> {
  const byConversation = Map.groupBy(renewals, ({ key }) => `${key.workspaceId} ${key.conversationId}`);
  const groups = [...byConversation.values()];
  const renewed = await skipThenWait(groups, (some, mayWait) => renewGroups(sql, some, mayWait));
  const live = new Set(groups.flatMap((group, index) => group.filter(({ leaseId }) => renewed[index]?.has(leaseId))));
  return renewals.map((renewal) => live.has(renewal));
}

async function renewGroups(sql: Sql, groups: Renewal[][], mayWait: boolean): Promise<(Set<string> | null)[]> {
  const wanted = groups.map((group, idx) => ({
    idx,
    workspace_id: group[0]?.key.workspaceId,
    conversation_id: group[0]?.key.conversationId,
    lease_ids: group.map(({ leaseId }) => leaseId),
  }));
  const rows = await run<{ idx: number; renewed: string[] }>(sql, renewStatement(mayWait), [json(wanted)]);
  const results: (Set<string> | null)[] = groups.map(() => null);
  for (const row of rows) results[row.idx] = new Set(row.renewed);
  return results;
}

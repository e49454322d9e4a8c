import type { Ms } from '@baton/conversation';
import type { Sql } from '../connect.ts';
import { byKey } from './sql-fragments.ts';
import { iso, json, run } from './statement.ts';

/** Consecutive failures, over all conversations, after which a channel counts as down. */
export const OUTAGE_FAILURES = 5;

interface Channel {
  workspaceId: string;
  channelId: string;
}

const NOTE_FAILURES = `
insert into channel_outages as o (workspace_id, channel_id, failures_in_a_row, probe_at)
select failed.workspace_id, failed.channel_id, failed.failures, failed.probe_at
from jsonb_to_recordset($1::text::jsonb) as failed(workspace_id uuid, channel_id uuid, failures int, probe_at timestamptz)
order by 1, 2
on conflict (workspace_id, channel_id) do update
  set failures_in_a_row = o.failures_in_a_row + excluded.failures_in_a_row, probe_at = greatest(o.probe_at, excluded.probe_at)`;

/** Counts temporary failures. Locks rows in key order, so that two nodes cannot deadlock. */
export async function noteFailures(sql: Sql, failed: (Channel & { retryAt: Ms })[]): Promise<void> {
  if (failed.length === 0) return;
  const groups = Map.groupBy(failed, (one) => `${one.workspaceId} ${one.channelId}`);
  const records = [...groups.values()].map((group) => ({
    workspace_id: group[0]?.workspaceId,
    channel_id: group[0]?.channelId,
    failures: group.length,
    probe_at: iso(Math.max(...group.map((one) => one.retryAt))),
  }));
  await run(sql, NOTE_FAILURES, [json(records)]);
}

/** Makes deferred lanes due at once. A locked lane continues at the end of its wait. */
const END_OUTAGE = `
with over as (
  delete from channel_outages where workspace_id = $1::uuid and channel_id = $2::uuid
),
waiting as materialized (
  select l.workspace_id, l.conversation_id from lanes l
  where l.workspace_id = $1::uuid and l.channel_id = $2::uuid and l.deferred
  for no key update skip locked
)
update lanes l set deferred = false, send_at = now()
from waiting where ${byKey('l', 'waiting')}`;

export async function endOutages(sql: Sql, answered: Channel[]): Promise<void> {
  const distinct = new Map(answered.map((one) => [`${one.workspaceId} ${one.channelId}`, one]));
  for (const { workspaceId, channelId } of distinct.values()) await run(sql, END_OUTAGE, [workspaceId, channelId]);
}

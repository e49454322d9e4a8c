import type { ReplyJob } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { skipThenWait } from './skip-then-wait.ts';
import { byKey, toMs } from './sql-fragments.ts';
import { json, run } from './statement.ts';

export const CLAIM_REPLIES = `
with due as materialized (
  select l.workspace_id, l.conversation_id from lanes l
  where l.reply_at <= now()
  order by l.reply_at limit $1::int
  for no key update skip locked
)
update lanes l set reply_at = now() + make_interval(secs => $3::float8 / 1000), reply_worker = $2::text
from due
where ${byKey('l', 'due')}
returning l.workspace_id, l.conversation_id, l.reply_turn, l.agent_id, ${toMs('l.reply_deadline_at')} as deadline_at`;

interface Row {
  workspace_id: string;
  conversation_id: string;
  reply_turn: number;
  agent_id: string;
  deadline_at: number;
}

export async function claimReplies(sql: Sql, worker: string, limit: number, leaseMs: number): Promise<ReplyJob[]> {
  const rows = await run<Row>(sql, CLAIM_REPLIES, [limit, worker, leaseMs]);
  return rows.map((row) => ({
    key: { workspaceId: row.workspace_id, conversationId: row.conversation_id },
    turn: row.reply_turn,
    agentId: row.agent_id,
    deadlineAt: row.deadline_at,
  }));
}

/** Moves the lease of a worker's jobs to `$3` milliseconds from now. */
export const moveStatement = (mayWait: boolean) => `
with job as materialized (
  select * from jsonb_to_recordset($1::text::jsonb) as job(idx int, workspace_id uuid, conversation_id uuid, turn int)
),
held as materialized (
  select job.*, coalesce(l.reply_worker = $2::text and l.reply_turn = job.turn, false) as is_ours from job
  cross join lateral (
    select l.reply_worker, l.reply_turn from lanes l
    where l.workspace_id = job.workspace_id and l.conversation_id = job.conversation_id
    for no key update ${mayWait ? '' : 'skip locked'}
  ) l
),
moved as (
  update lanes l set
    reply_at = now() + make_interval(secs => $3::float8 / 1000),
    reply_worker = case when $3::float8 > 0 then $2::text end
  from held
  where held.is_ours and ${byKey('l', 'held')}
)
select idx, is_ours from held
union all
select job.idx, false from job where not exists (
  select from lanes l where l.workspace_id = job.workspace_id and l.conversation_id = job.conversation_id offset 0
)`;

export async function renewReplies(sql: Sql, worker: string, jobs: ReplyJob[], leaseMs: number): Promise<boolean[]> {
  return await skipThenWait(jobs, (some, mayWait) => move(sql, worker, some, leaseMs, mayWait));
}

export async function releaseReplies(sql: Sql, worker: string, jobs: ReplyJob[]): Promise<void> {
  await skipThenWait(jobs, (some, mayWait) => move(sql, worker, some, 0, mayWait));
}

async function move(
  sql: Sql,
  worker: string,
  jobs: ReplyJob[],
  ms: number,
  mayWait: boolean,
): Promise<(boolean | null)[]> {
  const records = jobs.map(({ key, turn }, idx) => ({
    idx,
    workspace_id: key.workspaceId,
    conversation_id: key.conversationId,
    turn,
  }));
  const rows = await run<{ idx: number; is_ours: boolean }>(sql, moveStatement(mayWait), [json(records), worker, ms]);
  const results: (boolean | null)[] = jobs.map(() => null);
  for (const row of rows) results[row.idx] = row.is_ours;
  return results;
}

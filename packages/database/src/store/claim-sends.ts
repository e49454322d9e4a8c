import { IDEMPOTENT_CHANNELS, type Message } from '@baton/protocol';
import type { ConversationKey, LostSend, SendJob } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { OUTAGE_FAILURES } from './outages.ts';
import { byKey, bySeq, mayGoOut, messageJson, toMs } from './sql-fragments.ts';
import { run } from './statement.ts';

const MAX_CLAIM_ROUNDS = 20;

/** Channels that deliver a message once, even if it is sent twice under one id. */
const IDEMPOTENT = `(${IDEMPOTENT_CHANNELS.map((kind) => `'${kind}'`).join(', ')})`;

/** Selects due lanes, the oldest first. During a channel's outage only one lane continues, as the probe, at the probe time. */
const DUE = `
due as materialized (
  select l.workspace_id, l.conversation_id, l.channel_id, coalesce(l.send_seq, 1) as send_seq, l.send_at from lanes l
  where l.send_at <= now()
  order by l.send_at limit $2::int
  for no key update skip locked
),
tried as materialized (
  select due.*, outage.probe_at, outage.probe_at is null or probe.is_ours is not null as goes_on
  from (
    select *, row_number() over (partition by workspace_id, channel_id order by send_at) as position from due
  ) due
  left join lateral (
    select o.probe_at from channel_outages o
    where o.workspace_id = due.workspace_id and o.channel_id = due.channel_id and o.failures_in_a_row >= ${OUTAGE_FAILURES}
    offset 0
  ) outage on true
  left join lateral (
    select true as is_ours from channel_outages o
    where o.workspace_id = due.workspace_id and o.channel_id = due.channel_id and o.failures_in_a_row >= ${OUTAGE_FAILURES}
      and due.position = 1 and o.probe_at <= now()
    for no key update skip locked
  ) probe on true
),
probing as (
  update channel_outages o set probe_at = now() + make_interval(secs => $3::float8 / 1000)
  from tried
  where tried.goes_on and tried.probe_at is not null
    and ${byKey('o', 'tried', 'channel_id')}
)`;

/** Locks each conversation and reads the head of its lane. As in a commit, both reads must see the same revision. */
const HEADS = `
head as materialized (
  select tried.workspace_id, tried.conversation_id, tried.channel_id, channel.kind, customer.recipient,
    held.agent_epoch, held.state, held.closing_seq, agent.paused,
    m.id, m.seq, m.origin, m.delivery, m.turn, m.agent_epoch as made_in, m.attempts, m.may_have_arrived, m.claimed_at, m.blocks_until,
    ${messageJson('m')} as message
  from tried
  cross join lateral (
    select c.revision, c.customer_id, c.agent_id from conversations c
    where c.workspace_id = tried.workspace_id and c.id = tried.conversation_id offset 0
  ) seen
  cross join lateral (
    select ch.kind from channels ch where ch.workspace_id = tried.workspace_id and ch.id = tried.channel_id offset 0
  ) channel
  cross join lateral (
    select p.external_id as recipient from customers p
    where p.workspace_id = tried.workspace_id and p.id = seen.customer_id offset 0
  ) customer
  cross join lateral (
    select a.paused from agents a where a.workspace_id = tried.workspace_id and a.id = seen.agent_id offset 0
  ) agent
  cross join lateral (
    select c.revision, c.agent_epoch, c.state, c.closing_seq from conversations c
    where c.workspace_id = tried.workspace_id and c.id = tried.conversation_id and c.quarantined_at is null
    for no key update skip locked
  ) held
  left join lateral (
    select m.* from messages m
    where m.workspace_id = tried.workspace_id and m.conversation_id = tried.conversation_id and m.seq >= tried.send_seq
      and (m.delivery in ('queued', 'sending') or (m.delivery = 'uncertain' and m.blocks_until > now()))
    order by m.seq limit 1
  ) m on true
  where tried.goes_on and held.revision = seen.revision
)`;

/**
 * Decides the next step of each lane. `send`: the message becomes sending now. `offer`: `reply.claimed` must claim it. \`wait\`:
 * look again later. Null: the lane is empty. A message that is sent again keeps its position until then (ADR 6).
 */
const STEPS = `
step as materialized (
  select head.*, lost.*, next.may_go, case
      when head.id is null then null
      when next.may_go and head.origin <> 'agent' then 'send'
      when next.may_go and not head.paused then 'offer'
      else 'wait'
    end as act,
    case
      when head.delivery = 'sending' and not lost.is_lost then head.claimed_at + interval '30 s'
      when next.may_go then now() + interval '2 s'
      when lost.is_lost then now() + interval '30 s'
      when head.delivery = 'uncertain' then head.blocks_until
      else now() + interval '2 s'
    end as wait_until
  from head
  cross join lateral (
    select head.delivery = 'sending' and head.claimed_at <= now() - interval '30 s' as is_lost,
      head.delivery = 'queued' or (head.kind in ${IDEMPOTENT}
        and (head.delivery = 'sending' and head.claimed_at <= now() - interval '30 s' or head.blocks_until = 'infinity')) as is_new_try
  ) lost
  cross join lateral (
    select lost.is_new_try and (head.origin <> 'agent'
      or ${mayGoOut({ epoch: 'head.made_in', seq: 'head.seq' }, 'head')}) as may_go
  ) next
)`;

const WRITE = `
raised as (
  update conversations c set revision = c.revision + 1, changed_at = now()
  from step
  where (step.act = 'send' or step.is_lost) and ${byKey('c', 'step', 'id')}
  returning step.*, c.revision
),
changed as (
  update messages m set
    revision = raised.revision,
    delivery = case when raised.act = 'send' then 'sending' else 'uncertain' end,
    attempts = m.attempts + case when raised.act = 'send' then 1 else 0 end,
    claimed_at = case when raised.act = 'send' then now() else m.claimed_at end,
    may_have_arrived = m.may_have_arrived or m.delivery in ('sending', 'uncertain'),
    blocks_until = case when raised.act = 'send' then null when raised.may_go then 'infinity' else now() + interval '30 s' end
  from raised
  where ${bySeq('m', 'raised')}
  returning m.workspace_id, m.conversation_id, ${messageJson('m')} as message
),
lane_updates as (
  update lanes l set
    deferred = move.parks,
    send_at = move.until,
    send_seq = case when move.until is not null then coalesce(move.seq, l.send_seq) end,
    send_worker = case when move.act in ('send', 'offer') then $1::text end,
    changed_at = case when move.changes then now() else l.changed_at end
  from (
    select workspace_id, conversation_id, seq, act, false as parks, act = 'send' or is_lost as changes,
      case when act in ('send', 'offer') then now() + make_interval(secs => $3::float8 / 1000)
        when act = 'wait' then wait_until end as until
    from step
    union all
    select workspace_id, conversation_id, null, null, true, false, greatest(probe_at, now() + interval '1 s')
    from tried where not goes_on
  ) move
  where ${byKey('l', 'move')}
)
select s.workspace_id, s.conversation_id, s.channel_id, s.kind, s.recipient, s.turn, s.attempts, s.act, s.is_lost,
  s.may_have_arrived or s.delivery in ('sending', 'uncertain') as may_have_arrived,
  coalesce((select changed.message from changed
    where changed.workspace_id = s.workspace_id and changed.conversation_id = s.conversation_id), s.message) as message,
  ${toMs('now()')} as now, (select count(*) from due)::int as due
from (select 1) as always left join step s on s.act in ('send', 'offer') or s.is_lost
order by s.seq`;

export const CLAIM_SENDS = `with ${[DUE, HEADS, STEPS, WRITE].join(',')}`;

interface Row {
  workspace_id: string | null;
  conversation_id: string;
  channel_id: string;
  kind: string;
  recipient: string;
  turn: number | null;
  attempts: number;
  may_have_arrived: boolean;
  act: 'send' | 'offer' | 'wait';
  is_lost: boolean;
  message: Message;
  now: number;
  due: number;
}

export async function claimSends(
  sql: Sql,
  worker: string,
  limit: number,
  leaseMs: number,
  onLost: (lost: LostSend) => void = () => {},
): Promise<SendJob[]> {
  const jobs: SendJob[] = [];
  for (let round = 0; round < MAX_CLAIM_ROUNDS; round++) {
    const rows = await run<Row>(sql, CLAIM_SENDS, [worker, limit, leaseMs]);
    for (const row of rows) {
      if (row.workspace_id === null) continue;
      const job = toJob(row, row.workspace_id);
      if (row.act !== 'wait') jobs.push(job);
      if (row.is_lost && row.act !== 'send') onLost({ key: job.key, message: job.message });
    }
    // A full page without jobs had only deferred or waiting lanes; later lanes may have jobs.
    if (jobs.length > 0 || (rows[0]?.due ?? 0) < limit) break;
  }
  return jobs;
}

function toJob(row: Row, workspaceId: string): SendJob {
  return {
    key: { workspaceId, conversationId: row.conversation_id },
    channelId: row.channel_id,
    channelKind: row.kind,
    recipient: row.recipient,
    message: row.message,
    turn: row.turn,
    attempts: row.attempts,
    mayHaveArrived: row.may_have_arrived,
    claimedAt: row.act === 'send' ? row.now : null,
  };
}

export const RELEASE_SENDS = `
with ours as materialized (
  select l.workspace_id, l.conversation_id
  from jsonb_to_recordset($1::text::jsonb) as freed(workspace_id uuid, conversation_id uuid)
  cross join lateral (
    select l.workspace_id, l.conversation_id from lanes l
    where l.workspace_id = freed.workspace_id and l.conversation_id = freed.conversation_id and l.send_worker = $2::text
    for no key update skip locked
  ) l
)
update lanes l set send_at = now(), send_worker = null
from ours where ${byKey('l', 'ours')}`;

/** Releases lanes. Skips locked lanes, because their leases expire anyway. */
export async function releaseSends(sql: Sql, worker: string, keys: ConversationKey[]): Promise<void> {
  if (keys.length === 0) return;
  const freed = keys.map((key) => ({ workspace_id: key.workspaceId, conversation_id: key.conversationId }));
  await run(sql, RELEASE_SENDS, [JSON.stringify(freed), worker]);
}

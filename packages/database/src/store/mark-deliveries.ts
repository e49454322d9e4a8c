import type { Message } from '@baton/protocol';
import type { DeliveryMark } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { skipThenWait } from './skip-then-wait.ts';
import { endOutages, noteFailures } from './outages.ts';
import { byKey, bySeq, checked, mayGoOut, messageJson } from './sql-fragments.ts';
import { isoOrNull, json, run } from './statement.ts';

const MARKS = `
mark as materialized (
  select * from jsonb_to_recordset($1::text::jsonb) as mark(idx int, workspace_id uuid, conversation_id uuid, message_id uuid,
    attempt int, delivery text, retry_at timestamptz, provider_id text, error text)
),
looked as materialized (
  select mark.*, held.revision = seen.revision as is_current, held.quarantined_at, held.agent_epoch, held.state,
    held.closing_seq, m.seq, m.channel_id, m.origin, m.delivery as was, m.agent_epoch as made_in,
    m.attempts, m.may_have_arrived, m.blocks_until as blocked_until, lane.send_seq, outage.is_known as has_outage
  from mark
  cross join lateral (
    select c.revision from conversations c where c.workspace_id = mark.workspace_id and c.id = mark.conversation_id offset 0
  ) seen`;

const looked = (mayWait: boolean) => `${MARKS}
  cross join lateral (
    select c.revision, c.quarantined_at, c.agent_epoch, c.state, c.closing_seq from conversations c
    where c.workspace_id = mark.workspace_id and c.id = mark.conversation_id
    for no key update ${mayWait ? '' : 'skip locked'}
  ) held
  left join lateral (
    select m.* from messages m where m.id = mark.message_id and ${checked('m.workspace_id', 'mark.workspace_id')}
      and ${checked('m.conversation_id', 'mark.conversation_id')} offset 0
  ) m on true
  left join lateral (
    select l.send_seq from lanes l
    where l.workspace_id = mark.workspace_id and l.conversation_id = mark.conversation_id offset 0
  ) lane on true
  left join lateral (
    select true as is_known from channel_outages o
    where o.workspace_id = mark.workspace_id and o.channel_id = m.channel_id offset 0
  ) outage on true
)`;

const MAY_GO_OUT = mayGoOut({ epoch: 'looked.made_in', seq: 'looked.seq' }, 'looked');

/**
 * SEND-2: a mark never moves a delivery backwards. An agent message of an earlier epoch is withheld instead of queued, also if
 * the mark is a `sent` that would hand it over (ADR 7).
 */
const DECIDE = `
decided as materialized (
  select looked.*, looked.was in ('sending', 'uncertain') and looked.send_seq = looked.seq as is_head,
    least(case when looked.was = 'uncertain' then looked.blocked_until end,
      case when again.at is null then now() + interval '30 s' else 'infinity' end) as blocks_until, again.at as again_at, case
      when not looked.is_current or looked.attempt <> looked.attempts then null
      when wanted.delivery = 'queued' and looked.was = 'sending' then case
        when looked.may_have_arrived then 'uncertain'
        when looked.origin <> 'agent' or ${MAY_GO_OUT} then 'queued'
        else 'withheld' end
      when wanted.delivery in ('sent', 'uncertain') and looked.was in ('sending', 'uncertain') then wanted.delivery
      when wanted.delivery in ('delivered', 'failed') and looked.was in ('sending', 'uncertain', 'sent') then wanted.delivery
      when wanted.delivery = 'read' and looked.was in ('sending', 'uncertain', 'sent', 'delivered') then 'read'
    end as becomes
  from looked
  cross join lateral (
    select case when looked.delivery = 'sent' and looked.attempt is not null and looked.origin = 'agent' and not ${MAY_GO_OUT}
      then 'queued' else looked.delivery end as delivery
  ) wanted
  cross join lateral (
    select case when looked.origin <> 'agent' or ${MAY_GO_OUT} then looked.retry_at end as at
  ) again
)`;

const WRITE = `
raised as (
  update conversations c set revision = c.revision + 1, changed_at = now()
  from decided d
  where d.becomes is not null and ${byKey('c', 'd', 'id')}
  returning d.*, c.revision
),
marked as (
  update messages m set
    delivery = d.becomes, revision = d.revision, error = coalesce(d.error, m.error),
    provider_id = coalesce(d.provider_id, m.provider_id),
    may_have_arrived = m.may_have_arrived or d.becomes = 'uncertain',
    blocks_until = case when d.becomes = 'uncertain' then d.blocks_until end
  from raised d
  where ${bySeq('m', 'd')}
  returning d.idx, ${messageJson('m')} as message
),
lane_updates as (
  update lanes l set
    changed_at = now(),
    wake_at = case when d.is_undelivered then now() else l.wake_at end,
    send_worker = case when d.is_head then null else l.send_worker end,
    send_seq = case when not d.is_head then l.send_seq when d.keeps_head then d.seq when d.has_more then d.seq + 1 end,
    send_at = case
      when d.quarantined_at is not null then null
      when not d.is_head then l.send_at
      when d.becomes = 'queued' then coalesce(d.again_at, now())
      when d.keeps_head then coalesce(d.again_at, d.blocks_until)
      when d.has_more then now()
    end
  from (
    select raised.*, becomes in ('queued', 'uncertain') as keeps_head,
      origin = 'agent' and becomes in ('queued', 'withheld', 'failed') and quarantined_at is null as is_undelivered, exists (
      select from messages m
      where m.workspace_id = raised.workspace_id and m.conversation_id = raised.conversation_id and m.seq > raised.seq
        and (m.delivery in ('queued', 'sending') or (m.delivery = 'uncertain' and m.blocks_until > now()))
      offset 0
    ) as has_more
    from raised
  ) d
  where ${byKey('l', 'd')}
)
select d.idx, d.is_current, d.becomes, d.channel_id, d.has_outage,
  (select marked.message from marked where marked.idx = d.idx) as message
from decided d
union all
select mark.idx, true, null, null, null, null from mark where not exists (
  select from conversations c where c.workspace_id = mark.workspace_id and c.id = mark.conversation_id offset 0
)`;

export const markStatement = (mayWait: boolean) => `with ${[looked(mayWait), DECIDE, WRITE].join(',')}`;

interface Row {
  idx: number;
  is_current: boolean;
  becomes: string | null;
  channel_id: string | null;
  has_outage: boolean | null;
  message: Message | null;
}

type Marked = Pick<Row, 'channel_id' | 'has_outage' | 'message'>;

export async function markDeliveries(sql: Sql, marks: DeliveryMark[]): Promise<(Message | null)[]> {
  const marked = new Map<DeliveryMark, Marked>();
  for (const round of rounds(marks)) {
    const results = await skipThenWait(round, (some, mayWait) => mark(sql, some, mayWait));
    for (const [index, one] of round.entries()) {
      const result = results[index];
      if (result) marked.set(one, result);
    }
  }
  await updateOutages(sql, marks, marked);
  return marks.map((one) => marked.get(one)?.message ?? null);
}

/** One statement can change a row only once, so further marks of a conversation go into later rounds. */
function rounds(marks: DeliveryMark[]): DeliveryMark[][] {
  const byConversation = Map.groupBy(marks, ({ key }) => `${key.workspaceId} ${key.conversationId}`);
  const all: DeliveryMark[][] = [];
  for (const group of byConversation.values()) {
    for (const [index, one] of group.entries()) (all[index] ??= []).push(one);
  }
  return all;
}

async function mark(sql: Sql, marks: DeliveryMark[], mayWait: boolean): Promise<(Marked | null)[]> {
  const records = marks.map((one, idx) => ({
    idx,
    workspace_id: one.key.workspaceId,
    conversation_id: one.key.conversationId,
    message_id: one.messageId,
    attempt: one.attempt,
    delivery: one.delivery,
    retry_at: isoOrNull(one.retryAt),
    provider_id: one.providerId,
    error: one.error,
  }));
  const rows = await run<Row>(sql, markStatement(mayWait), [json(records)]);
  const results: (Marked | null)[] = marks.map(() => null);
  for (const row of rows) if (row.is_current) results[row.idx] = row;
  return results;
}

async function updateOutages(sql: Sql, marks: DeliveryMark[], marked: Map<DeliveryMark, Marked>): Promise<void> {
  const failed = [];
  const answered = [];
  for (const one of marks) {
    const { channel_id: channelId = null, has_outage: hasOutage = null, message = null } = marked.get(one) ?? {};
    if (channelId === null || message === null) continue;
    const channel = { workspaceId: one.key.workspaceId, channelId };
    if (one.isChannelUp === false && one.retryAt !== null) failed.push({ ...channel, retryAt: one.retryAt });
    else if (one.isChannelUp === true && hasOutage === true) answered.push(channel);
  }
  await noteFailures(sql, failed);
  await endOutages(sql, answered);
}

import type { Message } from '@baton/protocol';
import type { ConversationKey, Draft } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { checked, messageJson } from './sql-fragments.ts';
import { iso, json, keyRecords, run } from './statement.ts';

interface MessageRow {
  message: Message;
}

const KEEP_DRAFT = `
insert into drafts (workspace_id, conversation_id, turn, text, at) values ($1::uuid, $2::uuid, $3::int, $4::text, $5::timestamptz)
on conflict (workspace_id, conversation_id, turn) do update set text = excluded.text, at = excluded.at`;

export async function saveDraft(sql: Sql, { key, turn, text, at }: Draft): Promise<void> {
  await run(sql, KEEP_DRAFT, [key.workspaceId, key.conversationId, turn, text, iso(at)]);
}

export const READ_MESSAGE = `
select ${messageJson('m')} as message from messages m
where m.id = $3::uuid and ${checked('m.workspace_id', '$1::uuid')} and ${checked('m.conversation_id', '$2::uuid')}`;

export async function readMessage(sql: Sql, key: ConversationKey, messageId: string): Promise<Message | null> {
  const rows = await run<MessageRow>(sql, READ_MESSAGE, [key.workspaceId, key.conversationId, messageId]);
  return rows[0]?.message ?? null;
}

/** Seqs have no gaps (TIME-3), so the newest messages are a range of them. */
export const TRANSCRIPTS = `
select wanted.idx, ${messageJson('m')} as message
from jsonb_to_recordset($1::text::jsonb) as wanted(idx int, workspace_id uuid, conversation_id uuid)
cross join lateral (
  select c.last_seq from conversations c where c.workspace_id = wanted.workspace_id and c.id = wanted.conversation_id offset 0
) c
cross join lateral (
  select * from messages m
  where m.workspace_id = wanted.workspace_id and m.conversation_id = wanted.conversation_id and m.seq > c.last_seq - $2::int
  offset 0
) m
order by wanted.idx, m.seq`;

export async function readTranscripts(sql: Sql, keys: ConversationKey[], limit: number): Promise<Message[][]> {
  const all: Message[][] = keys.map(() => []);
  const rows = await run<MessageRow & { idx: number }>(sql, TRANSCRIPTS, [json(keyRecords(keys)), limit]);
  for (const { idx, message } of rows) all[idx]?.push(message);
  return all;
}

/** Only the newest messages count as undecided: an echo of an older one no longer arrives. */
export const FIND_OWN = `
select
  (select ${messageJson('m')} from messages m
    where m.channel_id = c.channel_id and m.provider_id = $3::text and ${checked('m.workspace_id', 'c.workspace_id')}
      and ${checked('m.conversation_id', 'c.id')} limit 1) as by_provider_id,
  (select ${messageJson('m')} from messages m
    where m.id = $4::uuid and ${checked('m.workspace_id', 'c.workspace_id')} and ${checked('m.conversation_id', 'c.id')}
      and m.delivery is not null) as by_id,
  exists (select from messages m
    where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.seq > c.last_seq - 100
      and m.delivery in ('sending', 'uncertain')) as undecided
from conversations c where c.workspace_id = $1::uuid and c.id = $2::uuid`;

interface OwnRow {
  by_provider_id: Message | null;
  by_id: Message | null;
  undecided: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function findSent(
  sql: Sql,
  key: ConversationKey,
  externalId: string,
): Promise<{ own: Message | null; undecided: boolean }> {
  const id = UUID.test(externalId) ? externalId : null;
  const [row] = await run<OwnRow>(sql, FIND_OWN, [key.workspaceId, key.conversationId, externalId, id]);
  const own = row?.by_provider_id ?? row?.by_id ?? null;
  return { own, undecided: own === null && row?.undecided === true };
}

/** Clears all due times of the lane, because a due lane that no worker takes would block the queue's front. */
const QUARANTINE = `
with quarantined as (
  update conversations set
    quarantined_at = coalesce(quarantined_at, now()), quarantine_detail = $3::text, revision = revision + 1, changed_at = now()
  where workspace_id = $1::uuid and id = $2::uuid
  returning workspace_id, id
)
update lanes l set wake_at = null, has_pending_work = false, reply_at = null, reply_turn = null, send_at = null, send_worker = null, deferred = false,
  changed_at = now()
from quarantined c where l.workspace_id = c.workspace_id and l.conversation_id = c.id`;

export async function quarantine(sql: Sql, key: ConversationKey, detail: string): Promise<void> {
  await run(sql, QUARANTINE, [key.workspaceId, key.conversationId, detail.replaceAll('\u0000', '').slice(0, 10_000)]);
}

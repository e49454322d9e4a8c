import type { Rules } from '@baton/conversation';
import type { Delivery, Message } from '@baton/protocol';
import type { ConversationKey, StoredConversation } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { checked, messageJson, rulesJson, toMs } from './sql-fragments.ts';
import { json, keyRecords, run } from './statement.ts';

/** Text, not a UUID: one damaged snapshot must not fail the load of all conversations in the batch. */
const IN_FLIGHT = `c.snapshot #>> '{context,inFlight,messageId}'`;

export const LOAD = `
select wanted.idx, c.channel_id, c.customer_id, customer.name as customer_name, c.version, c.revision, ${toMs('c.state_since')} as state_since, c.snapshot,
  c.typing_leases, c.quarantined_at is not null as quarantined, rules.agent_name, rules.rules, last_message.message as last_message,
  in_flight.delivery as in_flight
from jsonb_to_recordset($1::text::jsonb) as wanted(idx int, workspace_id uuid, conversation_id uuid)
cross join lateral (
  select * from conversations c where c.workspace_id = wanted.workspace_id and c.id = wanted.conversation_id offset 0
) c
cross join lateral (
  select p.name from customers p where p.workspace_id = c.workspace_id and p.id = c.customer_id offset 0
) customer
cross join lateral (
  select a.name as agent_name, ${rulesJson('a')} as rules
  from agents a where a.workspace_id = c.workspace_id and a.id = c.agent_id offset 0
) rules
left join lateral (
  select ${messageJson('m')} as message from messages m
  where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.seq = c.last_message_seq offset 0
) last_message on true
left join lateral (
  select m.delivery from messages m
  where m.id = case when ${IN_FLIGHT} ~ '^[0-9a-f-]{36}$' then (${IN_FLIGHT})::uuid end
    and ${checked('m.workspace_id', 'c.workspace_id')} and ${checked('m.conversation_id', 'c.id')}
  offset 0
) in_flight on true`;

interface Row {
  idx: number;
  channel_id: string;
  customer_id: string;
  customer_name: string;
  version: number;
  revision: number;
  state_since: number;
  snapshot: unknown;
  typing_leases: Record<string, number>;
  quarantined: boolean;
  agent_name: string;
  rules: Rules;
  last_message: Message | null;
  in_flight: Delivery | null;
}

export async function load(sql: Sql, keys: ConversationKey[]): Promise<(StoredConversation | null)[]> {
  if (keys.length === 0) return [];
  const rows = await run<Row>(sql, LOAD, [json(keyRecords(keys))]);
  const byIndex = new Map(rows.map((row) => [row.idx, row]));
  return keys.map((key, idx) => {
    const row = byIndex.get(idx);
    return row ? toStored(key, row) : null;
  });
}

function toStored(key: ConversationKey, row: Row): StoredConversation {
  return {
    key: { workspaceId: key.workspaceId, conversationId: key.conversationId },
    channelId: row.channel_id,
    customer: { id: row.customer_id, name: row.customer_name },
    version: row.version,
    revision: row.revision,
    stateSince: row.state_since,
    snapshot: row.snapshot,
    leases: row.typing_leases,
    agentName: row.agent_name,
    rules: row.rules,
    lastMessage: row.last_message,
    inFlight: row.in_flight,
    quarantined: row.quarantined,
  };
}

import { initialSnapshot, type Rules, view } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import { v7 as uuidv7 } from 'uuid';
import type { Sql } from '../connect.ts';
import { checked, rulesJson } from './sql-fragments.ts';
import { json, run } from './statement.ts';
import { toViewRecord, VIEW_COLUMN_NAMES, VIEW_COLUMN_TYPES } from './view-columns.ts';

export interface Opening {
  workspaceId: string;
  channelId: string;
  /** The customer's id at the channel. */
  customerExternalId: string;
  /** Renames a known customer. Default for a new one: `Customer` and four characters of the id. */
  customerName?: string;
}

/** Finds an open channel's agent, and its customer with this external id. */
export const FIND_CUSTOMER = `
select a.id as "agentId", ${rulesJson('a')} as rules, customer.id as "customerId", customer.name as "customerName",
  conversation.id as "conversationId"
from channels ch
cross join lateral (select * from agents a where a.workspace_id = ch.workspace_id and a.id = ch.agent_id offset 0) a
left join lateral (
  select p.id, p.name from customers p where p.channel_id = ch.id and p.external_id = $3::text offset 0
) customer on true
left join lateral (select c.id from conversations c where c.customer_id = customer.id offset 0) conversation on true
where ch.id = $2::uuid and ${checked('ch.workspace_id', '$1::uuid')} and ch.disabled_at is null`;

/** Inserts and returns nothing if the customer exists already. The customer's name is indexed as seq 0. */
export const OPEN = `
with new as (
  select * from jsonb_to_record($1::text::jsonb) as new(
    workspace_id uuid, channel_id uuid, agent_id uuid, customer_id uuid, external_id text, name text, conversation_id uuid,
    snapshot jsonb, rules_version int, ${VIEW_COLUMN_TYPES})
),
customer as (
  insert into customers (workspace_id, id, channel_id, external_id, name)
  select workspace_id, customer_id, channel_id, external_id, name from new
  on conflict (channel_id, external_id) do nothing
  returning workspace_id, id, channel_id
),
conversation as (
  insert into conversations (workspace_id, id, channel_id, customer_id, agent_id, snapshot, rules_version,
    ${VIEW_COLUMN_NAMES.join(', ')})
  select customer.workspace_id, new.conversation_id, customer.channel_id, customer.id, new.agent_id, new.snapshot,
    new.rules_version, ${VIEW_COLUMN_NAMES.map((name) => `new.${name}`).join(', ')}
  from customer cross join new
  returning workspace_id, id, channel_id, agent_id
),
lane as (
  insert into lanes (workspace_id, conversation_id, channel_id, agent_id)
  select workspace_id, id, channel_id, agent_id from conversation
),
name as (
  insert into search_queue (workspace_id, conversation_id, first_seq, last_seq) select workspace_id, id, 0, 0 from conversation
)
select id from conversation`;

export const RENAME = `
with renamed as (
  update customers set name = $3::text where workspace_id = $1::uuid and id = $2::uuid returning workspace_id
)
insert into search_queue (workspace_id, conversation_id, first_seq, last_seq) select workspace_id, $4::uuid, 0, 0 from renamed`;

interface Place {
  agentId: string;
  rules: Rules;
  customerId: string | null;
  customerName: string | null;
  conversationId: string | null;
}

/**
 * Finds a customer's conversation at a channel, or creates it with its lane at version 0. Several nodes may call it at once.
 * Returns null if the channel is missing or disabled.
 * @throws StoreUnavailable
 */
export async function openConversation(sql: Sql, opening: Opening): Promise<ConversationKey | null> {
  const { workspaceId, channelId, customerExternalId, customerName } = opening;
  const find = async () => (await run<Place>(sql, FIND_CUSTOMER, [workspaceId, channelId, customerExternalId]))[0];

  let place = await find();
  if (place && place.conversationId === null) {
    const [made] = await run<{ id: string }>(sql, OPEN, [json(atVersionZero(opening, place))]);
    if (made) return { workspaceId, conversationId: made.id };
    // Another transaction has created it: the insert waited for its commit.
    place = await find();
  }
  if (!place) return null;
  const { customerId, conversationId } = place;
  if (conversationId === null) throw new Error('a customer without a conversation');
  if (customerName !== undefined && customerName !== place.customerName) {
    await run(sql, RENAME, [workspaceId, customerId, customerName, conversationId]);
  }
  return { workspaceId, conversationId };
}

function atVersionZero(opening: Opening, { agentId, rules }: Place): object {
  const customerId = uuidv7();
  const snapshot = initialSnapshot({ agentId, rules });
  return {
    workspace_id: opening.workspaceId,
    channel_id: opening.channelId,
    agent_id: agentId,
    customer_id: customerId,
    external_id: opening.customerExternalId,
    // Distinguishes unnamed customers in the list.
    name: opening.customerName ?? `Customer ${customerId.slice(-4).toUpperCase()}`,
    conversation_id: uuidv7(),
    snapshot,
    rules_version: rules.version,
    ...toViewRecord(view(snapshot)),
  };
}

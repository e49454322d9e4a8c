import { openConversation, type Connections } from '@baton/database';
import type { Command, ConversationKey } from '@baton/runtime';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';

const DAY_SECONDS = 86_400;

/** A workspace with one agent and one channel, and this many conversations in it. */
export async function conversations({ sql }: Connections, count: number): Promise<ConversationKey[]> {
  const [workspaceId, agentId, channelId] = [v7(), v7(), v7()];
  await sql.unsafe(`insert into workspaces (id, name) values ('${workspaceId}', 'Bench')`);
  await sql.unsafe(
    `insert into agents (workspace_id, id, name, backend, human_priority_window_seconds)
      values ('${workspaceId}', '${agentId}', 'Agent', '{"kind": "faq"}', ${DAY_SECONDS})`,
  );
  await sql.unsafe(`insert into channels (workspace_id, id, kind, name, agent_id, inbound_secret_hash, signing_secret)
    values ('${workspaceId}', '${channelId}', 'http', 'Channel', '${agentId}', '', '')`);
  const first = await openConversation(sql, { workspaceId, channelId, customerExternalId: 'customer 1' });
  if (!first) throw new Error('no conversation could be opened');
  // The others are copies of the first: thousands at once.
  await sql.unsafe(`
    with made as (select uuidv7() as customer, uuidv7() as conversation, n from generate_series(2, ${count}) n),
    people as (
      insert into customers (workspace_id, id, channel_id, external_id, name)
      select '${workspaceId}', customer, '${channelId}', 'customer ' || n, 'Customer' from made
    ),
    opened as (
      insert into conversations
      select (jsonb_populate_record(c, jsonb_build_object('id', made.conversation, 'customer_id', made.customer))).*
      from made cross join conversations c where c.id = '${first.conversationId}'
    )
    insert into lanes (workspace_id, conversation_id, channel_id, agent_id)
    select '${workspaceId}', conversation, '${channelId}', '${agentId}' from made`);
  await sql.unsafe('vacuum analyze');
  const ids = await sql.unsafe<{ id: string }[]>(`select id from conversations where workspace_id = '${workspaceId}'`);
  const keys = ids.map(({ id }) => ({ workspaceId, conversationId: id }));
  return keys;
}

/** A message from another device of the business, whose window, a day long, ends then. */
export function windowEndingAt(at: number): Command {
  const sentAt = at - DAY_SECONDS * 1_000;
  return { ...question(), from: 'business', sentAt };
}

export function question(): Extract<Command, { type: 'receive' }> {
  return {
    type: 'receive',
    from: 'customer',
    text: 'When do you open tomorrow?',
    externalId: randomUUID(),
    clientMessageId: null,
    sentAt: null,
    automated: false,
    imported: false,
  };
}

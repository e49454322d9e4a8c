import { openConversation, type Connections } from '@baton/database';
import type { Command, ConversationKey } from '@baton/runtime';
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';

/** A workspace with one agent and one channel, and this many conversations in it. */
export async function conversations({ db, sql }: Connections, count: number): Promise<ConversationKey[]> {
  const [workspaceId, agentId, channelId] = [v7(), v7(), v7()];
  await sql.unsafe(`insert into workspaces (id, name) values ('${workspaceId}', 'Bench')`);
  await sql.unsafe(
    `insert into agents (workspace_id, id, name, backend) values ('${workspaceId}', '${agentId}', 'Agent', '{"kind": "faq"}')`,
  );
  await sql.unsafe(`insert into channels (workspace_id, id, kind, name, agent_id, inbound_secret_hash, signing_secret)
    values ('${workspaceId}', '${channelId}', 'http', 'Channel', '${agentId}', '', '')`);
  const keys: ConversationKey[] = [];
  const names = Array.from({ length: count }, (_, index) => `customer ${index}`);
  const open = async () => {
    for (let customerExternalId = names.pop(); customerExternalId !== undefined; customerExternalId = names.pop()) {
      const key = await openConversation(db, { workspaceId, channelId, customerExternalId });
      if (key) keys.push(key);
    }
  };
  await Promise.all(Array.from({ length: 8 }, open));
  return keys;
}

export function question(): Command {
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

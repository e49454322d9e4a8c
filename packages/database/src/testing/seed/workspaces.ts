import { v7 as uuidv7 } from 'uuid';
import type { Sql } from '../../connect.ts';
import { RULES } from './scenario.ts';
import { personName } from './texts.ts';

export interface SeedWorkspace {
  number: number;
  id: string;
  agentId: string;
  channelId: string;
  teammates: { id: string; name: string }[];
  conversations: number;
}

/** Parts of all conversations: one giant, and dwarfs. */
const SIZES = [0.6, 0.2, 0.1, 0.05, 0.025, 0.0125, 0.0075, 0.005];
const TEAMMATES = 20;

/** Workspaces with an agent, a channel and teammates each. */
export async function makeWorkspaces(sql: Sql, conversations: number): Promise<SeedWorkspace[]> {
  const workspaces = SIZES.map((size, number) => ({
    number,
    id: uuidv7(),
    agentId: uuidv7(),
    channelId: uuidv7(),
    teammates: Array.from({ length: TEAMMATES }, (_, index) => ({ id: uuidv7(), name: personName(index * 17) })),
    conversations: Math.round(conversations * size),
  }));
  for (const { id, number, agentId, channelId, teammates } of workspaces) {
    await sql`insert into workspaces (id, name) values (${id}, ${`Workspace ${number}`})`;
    await sql`insert into agents (workspace_id, id, name, backend, human_priority_window_seconds, reply_delay_seconds, rules_version)
      values (${id}, ${agentId}, 'Agent', '{"kind": "faq"}', ${RULES.humanPriorityWindowSeconds}, ${RULES.replyDelaySeconds}, ${RULES.version})`;
    await sql`insert into channels (workspace_id, id, kind, name, agent_id, inbound_secret_hash, signing_secret)
      values (${id}, ${channelId}, 'http', 'Channel', ${agentId}, '', '')`;
    for (const [index, { id: userId, name }] of teammates.entries()) {
      await sql`insert into users (id, name, email) values (${userId}, ${name}, ${`${userId}@example.com`})`;
      await sql`insert into teammates (workspace_id, user_id, role) values (${id}, ${userId}, ${index === 0 ? 'owner' : 'teammate'})`;
    }
  }
  return workspaces;
}

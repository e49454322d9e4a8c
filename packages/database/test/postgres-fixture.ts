import type { Ms } from '@baton/conversation';
import type { ConversationKey, Draft, NewTransition } from '@baton/runtime';
import type { ConversationOptions, FixtureConversation, StoreFixture } from '@baton/store-contract/testing';
import { and, asc, eq, sql as literal } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { changeRules } from '../src/change-rules.ts';
import { type Connections, connect } from '../src/connect.ts';
import { openConversation } from '../src/store/open-conversation.ts';
import { agents } from '../src/schema/agents.ts';
import { channels } from '../src/schema/channels.ts';
import { transitions } from '../src/schema/conversations.ts';
import { drafts } from '../src/schema/messages.ts';
import { workspaces } from '../src/schema/workspaces.ts';
import { PostgresStore } from '../src/store/postgres-store.ts';
import { createTestDatabase } from '../src/testing/test-database.ts';

export interface PostgresFixture extends StoreFixture, Connections {
  url: string;
  store: PostgresStore;
  createConversation(options?: ConversationOptions): Promise<FixtureConversation>;
}

/** Opens a store on a new migrated database, or on the migrated database at `url`. */
export async function openPostgresFixture(url?: string): Promise<PostgresFixture> {
  const database = url === undefined ? await createTestDatabase() : { url, drop: async () => {} };
  const connections = connect(database.url);
  const { db, sql } = connections;

  const createChannel = async (workspaceId: string, agentId: string, kind: ConversationOptions['channelKind']) => {
    const secrets = { inboundSecretHash: '', signingSecret: '' };
    const id = uuidv7();
    // As SQL, because the contract also needs kinds that no module serves.
    const kindValue = literal`${kind ?? 'http'}`;
    await db.insert(channels).values({ workspaceId, id, kind: kindValue, name: 'Channel', agentId, ...secrets });
    return id;
  };

  const createAgent = async () => {
    const workspaceId = uuidv7();
    const agentId = uuidv7();
    await db.insert(workspaces).values({ id: workspaceId, name: 'Workspace' });
    await db.insert(agents).values({ workspaceId, id: agentId, name: 'Agent', backend: { kind: 'faq' } });
    return { workspaceId, agentId };
  };

  return {
    ...connections,
    url: database.url,
    store: new PostgresStore(sql),

    async createConversation({ channelKind, beside, otherChannel = false } = {}) {
      const { workspaceId, agentId } = beside
        ? { workspaceId: beside.key.workspaceId, agentId: beside.agentId }
        : await createAgent();
      const channelId =
        beside && !otherChannel ? beside.channelId : await createChannel(workspaceId, agentId, channelKind);
      const key = await openConversation(sql, { workspaceId, channelId, customerExternalId: uuidv7() });
      if (!key) throw new Error('the channel is gone');
      return { key, agentId, channelId };
    },

    async changeRules({ key, agentId }, change) {
      const rules = await changeRules(db, key.workspaceId, agentId, change);
      if (!rules) throw new Error('the agent is gone');
      return rules;
    },

    async pass(ms: Ms) {
      await moveBack(sql, ms);
    },

    async transitions(key: ConversationKey): Promise<NewTransition[]> {
      const of = and(eq(transitions.workspaceId, key.workspaceId), eq(transitions.conversationId, key.conversationId));
      const rows = await db.select().from(transitions).where(of).orderBy(asc(transitions.version));
      return rows.map((row) => ({
        version: row.version,
        event: row.event,
        from: row.fromState,
        to: row.toState,
        fromLeaf: row.fromLeaf!,
        toLeaf: row.toLeaf!,
        by: row.causedBy,
        at: row.at.getTime(),
      }));
    },

    async drafts(key: ConversationKey): Promise<Draft[]> {
      const of = and(eq(drafts.workspaceId, key.workspaceId), eq(drafts.conversationId, key.conversationId));
      const rows = await db.select().from(drafts).where(of).orderBy(asc(drafts.turn));
      return rows.map((row) => ({ key, turn: row.turn, text: row.text, at: row.at.getTime() }));
    },

    async close() {
      await connections.close();
      await database.drop();
    },
  };
}

/** Time passes by moving everything that is stored back: PostgreSQL's clock cannot be set. */
async function moveBack(sql: Connections['sql'], ms: Ms): Promise<void> {
  const by = `interval '${ms} ms'`;
  await sql.unsafe(`update lanes set wake_at = wake_at - ${by}, reply_at = reply_at - ${by},
    reply_deadline_at = reply_deadline_at - ${by}, send_at = send_at - ${by}`);
  await sql.unsafe(`update messages set claimed_at = claimed_at - ${by}, blocks_until = blocks_until - ${by}`);
  await sql.unsafe(`update channel_outages set probe_at = probe_at - ${by}`);
  await sql.unsafe(`update conversations set typing_leases =
    (select coalesce(jsonb_object_agg(key, value::text::float8 - ${ms}), '{}') from jsonb_each(typing_leases))`);
}

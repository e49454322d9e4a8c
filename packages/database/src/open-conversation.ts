import { initialSnapshot, view } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from './connect.ts';
import { agents } from './schema/agents.ts';
import { channels, customers } from './schema/channels.ts';
import { conversations } from './schema/conversations.ts';
import { lanes } from './schema/lanes.ts';
import { searchQueue } from './schema/search.ts';
import { rulesOf } from './rules.ts';
import { available } from './store/unavailable.ts';

export interface Opening {
  workspaceId: string;
  channelId: string;
  /** The customer's id at the channel. */
  customerExternalId: string;
  /** Renames a known customer; left out, a new one is called Customer and four signs of its id. */
  customerName?: string;
}

/**
 * The conversation of a customer at a channel, made at its first use: with its lane, at version 0. Safe from several nodes at
 * once. Null where there is no such channel, or it is disabled.
 * @throws StoreUnavailable
 */
export async function openConversation(db: Database, opening: Opening): Promise<ConversationKey | null> {
  return await available((async () => (await find(db, opening)) ?? (await make(db, opening)))());
}

async function find(db: Database, opening: Opening): Promise<ConversationKey | null> {
  const { workspaceId, channelId, customerExternalId, customerName } = opening;
  const [found] = await db
    .select({ conversationId: conversations.id, customerId: customers.id, name: customers.name })
    .from(customers)
    .innerJoin(channels, and(eq(channels.workspaceId, customers.workspaceId), eq(channels.id, customers.channelId)))
    .innerJoin(
      conversations,
      and(
        eq(conversations.workspaceId, customers.workspaceId),
        eq(conversations.channelId, customers.channelId),
        eq(conversations.customerId, customers.id),
      ),
    )
    .where(
      and(
        eq(customers.workspaceId, workspaceId),
        eq(customers.channelId, channelId),
        eq(customers.externalId, customerExternalId),
        isNull(channels.disabledAt),
      ),
    );
  if (!found) return null;
  if (customerName !== undefined && customerName !== found.name) {
    await db
      .update(customers)
      .set({ name: customerName })
      .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, found.customerId)));
    await queueName(db, workspaceId, found.conversationId);
  }
  return { workspaceId, conversationId: found.conversationId };
}

/** Every insert gives way to whoever was first, and is followed by a look that sees it. */
async function make(db: Database, opening: Opening): Promise<ConversationKey | null> {
  const { workspaceId, channelId, customerExternalId } = opening;
  return await db.transaction(async (tx) => {
    const [place] = await tx
      .select({ agent: agents })
      .from(channels)
      .innerJoin(agents, and(eq(agents.workspaceId, channels.workspaceId), eq(agents.id, channels.agentId)))
      .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, channelId), isNull(channels.disabledAt)));
    if (!place) return null;

    const id = uuidv7();
    // A list of nothing but Customers would tell nobody apart.
    const name = opening.customerName ?? `Customer ${id.slice(-4).toUpperCase()}`;
    await tx
      .insert(customers)
      .values({ workspaceId, id, channelId, externalId: customerExternalId, name })
      .onConflictDoNothing({ target: [customers.channelId, customers.externalId] });
    const [customer] = await tx
      .select({ id: customers.id })
      .from(customers)
      .where(
        and(
          eq(customers.workspaceId, workspaceId),
          eq(customers.channelId, channelId),
          eq(customers.externalId, customerExternalId),
        ),
      );
    if (!customer) throw new Error('the customer that was just inserted is gone');

    const agentId = place.agent.id;
    const [made] = await tx
      .insert(conversations)
      .values({ ...atVersionZero(place.agent), workspaceId, id: uuidv7(), channelId, customerId: customer.id, agentId })
      .onConflictDoNothing({ target: [conversations.customerId] })
      .returning({ id: conversations.id });
    if (!made) return await find(tx, { ...opening, customerName: undefined });
    await tx.insert(lanes).values({ workspaceId, conversationId: made.id, channelId, agentId });
    await queueName(tx, workspaceId, made.id);
    return { workspaceId, conversationId: made.id };
  });
}

/** The name is searched, too: as if it had been said first. */
async function queueName(db: Pick<Database, 'insert'>, workspaceId: string, conversationId: string): Promise<void> {
  await db.insert(searchQueue).values({ workspaceId, conversationId, firstSeq: 0, lastSeq: 0 });
}

function atVersionZero(agent: typeof agents.$inferSelect) {
  const rules = rulesOf(agent);
  const snapshot = initialSnapshot({ agentId: agent.id, rules });
  const { state, holder, agentReplies, reason, status, turn, agentEpoch } = view(snapshot);
  return { snapshot, rulesVersion: rules.version, state, holder, agentReplies, reason, status, turn, agentEpoch };
}

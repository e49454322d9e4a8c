import type { Channel, ChannelKind, ChannelSecret, ChannelSettings } from '@baton/protocol';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { agents } from '../schema/agents.ts';
import { channels } from '../schema/channels.ts';
import type { Queryable } from './queryable.ts';
import { newId } from './new-id.ts';

const shown = {
  id: channels.id,
  kind: channels.kind,
  name: channels.name,
  agentId: channels.agentId,
  settings: channels.settings,
};

const one = (workspaceId: string, id: string) =>
  and(eq(channels.workspaceId, workspaceId), eq(channels.id, id), isNull(channels.disabledAt));

export function listChannels(db: Queryable, workspaceId: string): Promise<Channel[]> {
  return db
    .select(shown)
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), isNull(channels.disabledAt)))
    .orderBy(asc(channels.id));
}

export async function findChannel(db: Queryable, workspaceId: string, id: string): Promise<Channel | null> {
  const [row] = await db.select(shown).from(channels).where(one(workspaceId, id));
  return row ?? null;
}

export interface NewChannel {
  kind: ChannelKind;
  name: string;
  agentId: string;
  settings: ChannelSettings;
  inboundSecretHash: string;
  signingSecret: string;
}

/** Returns null if the agent is not in this workspace. */
export async function insertChannel(tx: Queryable, workspaceId: string, given: NewChannel): Promise<Channel | null> {
  const [agent] = await tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.workspaceId, workspaceId), eq(agents.id, given.agentId)));
  if (!agent) return null;
  const id = newId();
  await tx.insert(channels).values({ workspaceId, id, ...given });
  return { id, kind: given.kind, name: given.name, agentId: given.agentId, settings: given.settings };
}

export async function updateChannel(
  tx: Queryable,
  workspaceId: string,
  id: string,
  change: { name?: string | undefined; settings?: ChannelSettings | undefined },
): Promise<Channel | null> {
  // With the id, an empty change is still a valid statement.
  const [row] = await tx
    .update(channels)
    .set({ id, ...change })
    .where(one(workspaceId, id))
    .returning(shown);
  return row ?? null;
}

/** Stops a channel from receiving messages and hides it. Its conversations are kept. */
export async function disableChannel(tx: Queryable, workspaceId: string, id: string): Promise<{ id: string } | null> {
  const [row] = await tx
    .update(channels)
    .set({ disabledAt: new Date() })
    .where(one(workspaceId, id))
    .returning({ id: channels.id });
  return row ?? null;
}

/** `stored`: the hash of an inbound secret, or the signing secret itself. */
export async function replaceSecret(
  tx: Queryable,
  workspaceId: string,
  id: string,
  secret: ChannelSecret,
  stored: string,
): Promise<{ id: string } | null> {
  const [row] = await tx
    .update(channels)
    .set(secret === 'inbound' ? { inboundSecretHash: stored } : { signingSecret: stored })
    .where(one(workspaceId, id))
    .returning({ id: channels.id });
  return row ?? null;
}

import type { ChannelActivity } from '@baton/protocol';
import { and, desc, eq, sql } from 'drizzle-orm';
import { channelOutages, channels } from '../schema/channels.ts';
import { messages } from '../schema/messages.ts';
import { orderedLanes } from './list-order.ts';
import type { Queryable } from './queryable.ts';

/** Limits of the search, each served by an index, so that its cost does not grow with the data. */
const NEWEST_OF_WORKSPACE = 2_000;
const NEWEST_OF_CHANNEL = 50;
const MESSAGES_OF_EACH = 30;
const MAX_FAILURES = 10;

/**
 * Reads the recent activity of a channel: its newest conversations by the list's index, and their newest messages by key.
 * Returns null if the workspace has no such open channel.
 */
export async function readChannelActivity(
  db: Queryable,
  workspaceId: string,
  channelId: string,
): Promise<ChannelActivity | null> {
  const [channel] = await db
    .select({
      disabledAt: channels.disabledAt,
      failuresInARow: channelOutages.failuresInARow,
      nextTryAt: channelOutages.probeAt,
    })
    .from(channels)
    .leftJoin(
      channelOutages,
      and(eq(channelOutages.workspaceId, channels.workspaceId), eq(channelOutages.channelId, channels.id)),
    )
    .where(and(eq(channels.workspaceId, workspaceId), eq(channels.id, channelId)));
  if (!channel || channel.disabledAt !== null) return null;

  const recent = await readRecent(db, workspaceId, channelId);
  const newest = (of: (row: Recent) => boolean) =>
    recent.reduce<string | null>((last, row) => (of(row) && (last === null || row.at > last) ? row.at : last), null);
  const { failuresInARow, nextTryAt } = channel;
  return {
    lastInAt: newest(({ customers }) => customers),
    lastOutAt: newest(({ arrived }) => arrived),
    outage:
      failuresInARow !== null && nextTryAt !== null ? { failuresInARow, nextTryAt: nextTryAt.toISOString() } : null,
    troubles: recent
      .flatMap(({ messageId, conversationId, at, delivery, error }) =>
        delivery === 'failed' || delivery === 'withheld' || delivery === 'uncertain'
          ? [{ messageId, conversationId, at, delivery, error }]
          : [],
      )
      .sort((one, other) => (one.at < other.at ? 1 : -1))
      .slice(0, MAX_FAILURES),
  };
}

type Recent = Awaited<ReturnType<typeof readRecent>>[number];

async function readRecent(db: Queryable, workspaceId: string, channelId: string) {
  const ofWorkspace = sql`${orderedLanes(workspaceId, {}, null, NEWEST_OF_WORKSPACE)} as of_workspace`;
  const ofChannel = db
    .select({ conversationId: sql<string>`of_workspace.conversation_id`.as('conversation_id') })
    .from(ofWorkspace)
    .where(sql`of_workspace.channel_id = ${channelId}::uuid`)
    .orderBy(sql`of_workspace.changed_at desc`)
    .limit(NEWEST_OF_CHANNEL)
    .as('of_channel');
  const newest = db
    .select({
      messageId: messages.id,
      conversationId: messages.conversationId,
      origin: messages.origin,
      note: messages.note,
      delivery: messages.delivery,
      error: messages.error,
      createdAt: messages.createdAt,
      claimedAt: messages.claimedAt,
    })
    .from(messages)
    // Drizzle would write the subquery's column without its table, and it would then mean the message's own column.
    .where(and(eq(messages.workspaceId, workspaceId), sql`${messages.conversationId} = of_channel.conversation_id`))
    .orderBy(desc(messages.seq))
    .limit(MESSAGES_OF_EACH)
    .as('newest');
  const rows = await db
    .select({
      conversationId: newest.conversationId,
      messageId: newest.messageId,
      origin: newest.origin,
      note: newest.note,
      delivery: newest.delivery,
      error: newest.error,
      createdAt: newest.createdAt,
      claimedAt: newest.claimedAt,
    })
    .from(ofChannel)
    .innerJoinLateral(newest, sql`true`);
  return rows.map(({ origin, note, createdAt, claimedAt, ...row }) => ({
    ...row,
    at: (claimedAt ?? createdAt).toISOString(),
    customers: origin === 'customer' && !note,
    arrived: row.delivery === 'sent' || row.delivery === 'delivered' || row.delivery === 'read',
  }));
}

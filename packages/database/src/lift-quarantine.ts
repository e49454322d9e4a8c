import { loadSnapshot, SnapshotError, view } from '@baton/conversation';
import type { ConversationKey } from '@baton/runtime';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './connect.ts';
import { recordAudit } from './queries/audit.ts';
import { conversations } from './schema/conversations.ts';
import { lanes } from './schema/lanes.ts';

/** `unreadable`: the snapshot does not load with this version of Baton, so the conversation would be quarantined again. */
export type Lifted = 'lifted' | 'not_found' | 'unreadable';

/** Ends the quarantine of a conversation: its timers, its open generation and its queued messages become due at once. */
export async function liftQuarantine(
  db: Database,
  key: ConversationKey,
  by: { id: string; name: string },
): Promise<Lifted> {
  return await db.transaction(async (tx) => {
    const thisOne = and(eq(conversations.workspaceId, key.workspaceId), eq(conversations.id, key.conversationId));
    const { quarantinedAt, quarantineDetail, snapshot } = conversations;
    const [row] = await tx
      .select({ quarantinedAt, quarantineDetail, snapshot })
      .from(conversations)
      .where(thisOne)
      .for('no key update');
    if (!row) return 'not_found';
    if (row.quarantinedAt === null) return 'lifted';
    const generation = readGeneration(row.snapshot);
    if (generation === 'unreadable') return 'unreadable';

    await tx
      .update(conversations)
      .set({
        quarantinedAt: null,
        quarantineDetail: null,
        revision: sql`${conversations.revision} + 1`,
        changedAt: sql`now()`,
      })
      .where(thisOne);
    await tx
      .update(lanes)
      .set({
        changedAt: sql`now()`,
        wakeAt: sql`now()`,
        hasPendingWork: true,
        sendAt: sql`now()`,
        sendSeq: sql`coalesce(${lanes.sendSeq}, 1)`,
        replyAt: generation && sql`now()`,
        replyTurn: generation?.turn ?? null,
        replyDeadlineAt: generation && new Date(generation.deadlineAt),
        replyWorker: null,
      })
      .where(and(eq(lanes.workspaceId, key.workspaceId), eq(lanes.conversationId, key.conversationId)));
    const detail = { choked: row.quarantineDetail };
    await recordAudit(tx, key.workspaceId, by, { action: 'quarantine.lifted', subjectId: key.conversationId, detail });
    return 'lifted';
  });
}

function readGeneration(snapshot: unknown) {
  try {
    return view(loadSnapshot(snapshot)).generation;
  } catch (error) {
    if (error instanceof SnapshotError) return 'unreadable';
    throw error;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Rules } from '@baton/conversation';
import type { Person } from '@baton/protocol';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './connect.ts';
import type { Queryable } from './queries/queryable.ts';
import { agents } from './schema/agents.ts';
import { rulesLock } from './store/sql-fragments.ts';
import { available } from './store/unavailable.ts';

export type RulesPatch = Partial<Omit<Rules, 'version'>>;

/** Records a change in the same transaction. Not called if the patch changes nothing. */
export type NoteChange = (tx: Queryable, before: Rules) => Promise<void>;

/**
 * Changes an agent's rules, or pauses it. The same transaction makes each conversation with pending work due, so that workers
 * apply `rules.changed` (HOLD-12, HOLD-18). Returns null if there is no such agent.
 *
 * Commits share-lock the agent's row: this update waits for commits with the old rules, and later commits with them fail. The
 * advisory lock keeps commits that arrive meanwhile from overtaking the update (ADR 15).
 * @throws StoreUnavailable
 */
export async function changeRules(
  db: Database,
  workspaceId: string,
  agentId: string,
  patch: RulesPatch,
  noteChange?: NoteChange,
): Promise<Rules | null> {
  return await available(
    db.transaction(async (tx) => {
      const here = and(eq(agents.workspaceId, workspaceId), eq(agents.id, agentId));
      const lock = sql.raw(rulesLock('a.id::text'));
      await tx.execute(sql`select pg_advisory_xact_lock(${lock}) from (select ${agentId}::uuid as id) a`);
      const [before] = await tx.select().from(agents).where(here).for('no key update');
      if (!before) return null;
      if (!changes(rulesOf(before), patch)) return rulesOf(before);
      const [after] = await tx
        .update(agents)
        .set({ ...settingsOf(patch), ...pauserOf(patch), rulesVersion: before.rulesVersion + 1 })
        .where(here)
        .returning();
      await noteChange?.(tx, rulesOf(before));
      // Skips locked conversations, because their transactions may wait for a lane that this one has locked.
      while ((await makeDue(tx, workspaceId, agentId)) > 0) await delay(2);
      return after ? rulesOf(after) : null;
    }),
  );
}

/** A row of `agents` as the statechart's `Rules`. */
function rulesOf(agent: typeof agents.$inferSelect): Rules {
  return {
    muteWhenHumanActive: agent.muteWhenHumanActive,
    humanPriorityWindowSeconds: agent.humanPriorityWindowSeconds,
    replyDelaySeconds: agent.replyDelaySeconds,
    version: agent.rulesVersion,
    paused: agent.paused,
    pausedBy: agent.pausedBy,
  };
}

function changes(rules: Rules, patch: RulesPatch): boolean {
  const settings = Object.entries(settingsOf(patch));
  const current = new Map<string, unknown>(Object.entries(rules));
  return settings.some(([name, value]) => value !== undefined && current.get(name) !== value);
}

/** Picks the fields that a patch may change. */
function settingsOf({ muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds, paused }: RulesPatch) {
  return { muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds, paused };
}

/** Resuming clears the name of the person who paused. */
function pauserOf({ paused, pausedBy }: RulesPatch): { pausedBy?: Person | null } {
  if (paused === undefined) return {};
  return { pausedBy: paused ? (pausedBy ?? null) : null };
}

/** Makes pending conversations due. Returns how many it skipped because they were locked. */
async function makeDue(tx: Pick<Database, 'execute'>, workspaceId: string, agentId: string): Promise<number> {
  const [row] = await tx.execute<{ left: number }>(sql`
    with pending as materialized (
      select l.workspace_id, l.conversation_id from lanes l
      where l.workspace_id = ${workspaceId} and l.agent_id = ${agentId} and l.has_pending_work
        and (l.wake_at is null or l.wake_at > now())
    ),
    held as materialized (
      select pending.* from pending
      cross join lateral (
        select c.id from conversations c
        where c.workspace_id = pending.workspace_id and c.id = pending.conversation_id
        for no key update skip locked
      ) c
    ),
    woken as (
      update lanes l set wake_at = now() from held
      where l.workspace_id = held.workspace_id and l.conversation_id = held.conversation_id
      returning 1
    )
    select ((select count(*) from pending) - (select count(*) from woken))::int as left`);
  return row?.left ?? 0;
}

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

/** Writes down what was changed, in the same transaction; not called where nothing is. */
export type NoteChange = (tx: Queryable, before: Rules) => Promise<void>;

/**
 * Changes an agent's rules, or pauses it, and in the same transaction makes each of its conversations due that has a timer or a
 * customer waiting (HOLD-12, HOLD-18): their workers apply `rules.changed`. Null where there is no such agent.
 *
 * Commits share-lock the agent's row, so from its update on those with old rules are over and seen here, and later ones are
 * refused. The advisory lock is for fairness: commits that come while this waits do not overtake it (ADR 15).
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
      // What is locked just now is skipped, never waited for: its holder may be waiting for a lane that is ours already.
      while ((await wake(tx, workspaceId, agentId)) > 0) await delay(2);
      return after ? rulesOf(after) : null;
    }),
  );
}

/** The rules in force of an agent, as the statechart takes them. */
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

/** Only what may be changed, whatever else the patch carries. */
function settingsOf({ muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds, paused }: RulesPatch) {
  return { muteWhenHumanActive, humanPriorityWindowSeconds, replyDelaySeconds, paused };
}

/** Goes with `paused`: whoever ends a pause leaves no name behind. */
function pauserOf({ paused, pausedBy }: RulesPatch): { pausedBy?: Person | null } {
  if (paused === undefined) return {};
  return { pausedBy: paused ? (pausedBy ?? null) : null };
}

/** Gives how many are still to be woken. */
async function wake(tx: Pick<Database, 'execute'>, workspaceId: string, agentId: string): Promise<number> {
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

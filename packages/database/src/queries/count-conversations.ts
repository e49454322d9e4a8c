import { MAX_COUNTED, type ConversationCounts } from '@baton/protocol';
import { sql, type SQL } from 'drizzle-orm';
import { orderedLanes, type ListFilter } from './list-order.ts';
import type { Queryable } from './queryable.ts';

/** Counts the conversations of each filter of the inbox, each up to `MAX_COUNTED`. */
export async function countConversations(
  db: Queryable,
  workspaceId: string,
  teammateId: string,
): Promise<ConversationCounts> {
  const of = (filter: ListFilter): SQL =>
    sql`(select count(*)::int from ${orderedLanes(workspaceId, { status: 'open', ...filter }, null, MAX_COUNTED)} as l)`;
  const [counts] = await db.execute<ConversationCounts>(sql`
    select ${of({})} as open, ${of({ assigneeId: teammateId })} as mine, ${of({ assigneeId: null })} as unassigned,
      ${of({ states: ['agentActive'] })} as "agentActive", ${of({ states: ['humanActive'] })} as "humanActive",
      ${of({ states: ['humanPriorityWindow'] })} as "humanPriorityWindow",
      ${of({ states: ['agentDisabled'] })} as "agentDisabled", ${of({ status: 'snoozed' })} as snoozed`);
  if (!counts) throw new Error('a count returned no row');
  return counts;
}

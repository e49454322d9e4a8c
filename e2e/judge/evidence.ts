import type { ConversationEvent } from '@baton/conversation';
import type { Cause, ConversationState, Leaf, Message, OutgoingMessage } from '@baton/protocol';
import type { Sql } from '../../packages/database/src/connect.ts';
import { messageJson } from '../../packages/database/src/store/sql-fragments.ts';

export interface StoredTransition {
  version: number;
  event: ConversationEvent;
  from: ConversationState;
  to: ConversationState;
  fromLeaf: Leaf;
  toLeaf: Leaf;
  by: Cause;
}

/** One conversation as the database has it. */
export interface Stored {
  conversationId: string;
  snapshot: unknown;
  transitions: StoredTransition[];
  messages: Message[];
}

/** A message at the customer's end, and when it came. */
export type Arrival = OutgoingMessage & { at: number };

/** Everything that is known of one conversation when all is over. */
export interface Evidence extends Stored {
  /** Messages that the customer's end received, in order. */
  received: Arrival[];
  /** Ids of messages, or their writers' own ids, that were acknowledged. */
  acknowledged: string[];
}

/** One company's: by the whole key, so that few of many are found by the index. */
const WANTED = `jsonb_array_elements_text($1::text::jsonb) as wanted (id)
  cross join workspaces w join conversations c on c.workspace_id = w.id and c.id = wanted.id::uuid`;

const STORED = `
select c.id as "conversationId", c.snapshot,
  (select coalesce(jsonb_agg(jsonb_build_object('version', t.version, 'event', t.event, 'from', t.from_state,
      'to', t.to_state, 'fromLeaf', t.from_leaf, 'toLeaf', t.to_leaf, 'by', t.caused_by) order by t.version), '[]')
    from transitions t where t.workspace_id = c.workspace_id and t.conversation_id = c.id) as transitions,
  (select coalesce(jsonb_agg(${messageJson('m')} order by m.seq), '[]')
    from messages m where m.workspace_id = c.workspace_id and m.conversation_id = c.id) as messages
from ${WANTED}`;

/** Read past the product: what is judged is what is stored. */
export async function storedOf(sql: Sql, conversationIds: string[]): Promise<Stored[]> {
  const rows = await sql.unsafe<Stored[]>(STORED, [JSON.stringify(conversationIds)]);
  return rows.map(({ conversationId, snapshot, transitions, messages }) => ({
    conversationId,
    snapshot,
    transitions,
    messages,
  }));
}

/** Conversations that have not come to rest: somebody waits, something is under way, or a person holds. */
const RESTLESS = `
select c.id, c.state, c.reason, c.waiting_since is not null as waits,
  (select coalesce(jsonb_agg(jsonb_build_object('seq', m.seq, 'origin', m.origin, 'delivery', m.delivery)), '[]')
    from messages m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
      and (m.delivery in ('queued', 'sending') or (m.delivery = 'uncertain' and m.blocks_until > now()))) as open
from ${WANTED}
where (c.state <> 'agentActive' or c.waiting_since is not null or c.quarantined_at is not null
  or exists (select from messages m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
    and (m.delivery in ('queued', 'sending') or (m.delivery = 'uncertain' and m.blocks_until > now()))))`;

export type Restless = Record<'id' | 'state', string> & { reason: string | null; waits: boolean; open: unknown[] };

export async function restlessOf(sql: Sql, conversationIds: string[]): Promise<Restless[]> {
  const rows = await sql.unsafe<Restless[]>(RESTLESS, [JSON.stringify(conversationIds)]);
  return [...rows];
}

import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../connect.ts';
import { toVector } from './words.ts';

/** Entries per transaction, so that a backlog keeps no transaction open for long. */
const MAX_ENTRIES = 500;
/** Messages per entry. The rest of a long conversation is queued again. */
const MAX_MESSAGES = 200;

type Entry = {
  workspace_id: string;
  conversation_id: string;
  first_seq: number;
  last_seq: number;
};

type Said = {
  workspace_id: string;
  conversation_id: string;
  seq: number;
  text: string;
};

/**
 * Indexes queued messages for the search and returns the number of entries it took. Several nodes may call it at once. A crash
 * leaves the entries in the queue.
 */
export async function indexWords(db: Database): Promise<number> {
  return await db.transaction(async (tx) => {
    const entries = await tx.execute<Entry>(sql`
      delete from search_queue where ctid = any(array(
        select ctid from search_queue limit ${MAX_ENTRIES} for update skip locked))
      returning workspace_id, conversation_id, first_seq, last_seq`);
    if (entries.length === 0) return 0;
    const said = await tx.execute<Said>(read(entries));
    await tx.execute(write(said));
    const rest = entries.filter(({ first_seq, last_seq }) => last_seq >= first_seq + MAX_MESSAGES);
    if (rest.length > 0) {
      await tx.execute(queue(rest.map((entry) => ({ ...entry, first_seq: entry.first_seq + MAX_MESSAGES }))));
    }
    return entries.length;
  });
}

const rows = (entries: Entry[]): SQL => sql`jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
  as entry(workspace_id uuid, conversation_id uuid, first_seq int, last_seq int)`;

const read = (entries: Entry[]): SQL => sql`
  select m.* from ${rows(entries)}
  cross join lateral (
    select m.workspace_id, m.conversation_id, m.seq, m.text from messages m
    where m.workspace_id = entry.workspace_id and m.conversation_id = entry.conversation_id
      and m.seq >= entry.first_seq and m.seq <= least(entry.last_seq, entry.first_seq + ${MAX_MESSAGES - 1})
    offset 0
  ) m
  union all
  select c.workspace_id, c.id, 0, customer.name from ${rows(entries.filter(({ first_seq }) => first_seq === 0))}
  cross join lateral (
    select c.workspace_id, c.id, c.customer_id from conversations c
    where c.workspace_id = entry.workspace_id and c.id = entry.conversation_id offset 0
  ) c
  cross join lateral (
    select p.name from customers p where p.workspace_id = c.workspace_id and p.id = c.customer_id offset 0
  ) customer`;

/** `distinct on`, because a name may be queued twice in one batch. */
function write(said: Said[]): SQL {
  const words = said.map(({ text, ...key }) => ({ ...key, words: toVector(key.workspace_id, text) }));
  return sql`
    insert into message_words (workspace_id, conversation_id, seq, words)
    select distinct on (workspace_id, conversation_id, seq) workspace_id, conversation_id, seq, words::tsvector
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as said(workspace_id uuid, conversation_id uuid, seq int, words text)
    order by workspace_id, conversation_id, seq
    on conflict (workspace_id, conversation_id, seq) do update set words = excluded.words`;
}

const queue = (entries: Entry[]): SQL => sql`
  insert into search_queue (workspace_id, conversation_id, first_seq, last_seq)
  select workspace_id, conversation_id, first_seq, last_seq from ${rows(entries)}`;

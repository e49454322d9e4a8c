/** A time as whole milliseconds since 1970, never later than it is. A double, because the driver gives bigints as text. */
export function toMs(time: string): string {
  return `floor(extract(epoch from ${time}) * 1000)::float8`;
}

/** A row of `messages` as protocol's `Message`. */
export function messageJson(m: string): string {
  return `jsonb_build_object(
    'id', ${m}.id, 'conversationId', ${m}.conversation_id, 'seq', ${m}.seq,
    'author', jsonb_build_object('kind', ${m}.origin, 'id', ${m}.author_id, 'name', ${m}.author_name),
    'note', ${m}.note, 'text', ${m}.text,
    'createdAt', to_char(${m}.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'revision', ${m}.revision, 'delivery', ${m}.delivery, 'retrying', ${isRetrying(m)},
    'clientMessageId', ${m}.client_message_id)`;
}

/** A row of `messages` that blocks its lane for as long as it may go again (ADR 0209). */
export function isRetrying(m: string): string {
  return `coalesce(${m}.delivery = 'uncertain' and ${m}.blocks_until = 'infinity', false)`;
}

/** The rules in force of a row of `agents`, as the statechart takes them. */
export function rulesJson(a: string): string {
  return `jsonb_build_object(
    'muteWhenHumanActive', ${a}.mute_when_human_active, 'humanPriorityWindowSeconds', ${a}.human_priority_window_seconds,
    'replyDelaySeconds', ${a}.reply_delay_seconds, 'version', ${a}.rules_version,
    'paused', ${a}.paused, 'pausedBy', ${a}.paused_by)`;
}

/** The key of the advisory lock that orders changes of an agent's rules and the commits that use them (ADR 0032). */
export function rulesLock(agentId: string): string {
  return `hashtextextended('rules ' || ${agentId}, 0)`;
}

/** The fence, for a message `m` and a conversation `c`: may this agent message go out now? The trigger says the same. */
export function mayGoOut(m: { epoch: string; seq: string }, c: string): string {
  return `coalesce(${c}.agent_epoch = ${m.epoch} or (${c}.state = 'agentDisabled' and ${c}.closing_seq = ${m.seq}), false)`;
}

/**
 * Joins a hot table by its key in an UPDATE. Two comparisons of rows rather than equalities: they can be looked up in an index,
 * but neither hashed, merged nor sorted for, so whatever the statistics say a probe of the primary key is the only plan there
 * is (ADR 0033).
 */
export function byKey(
  table: string,
  row: string,
  id: 'id' | 'conversation_id' | 'channel_id' = 'conversation_id',
): string {
  return isRow(
    `${table}.workspace_id, ${table}.${id}`,
    `${row}.workspace_id, ${row}.${id === 'id' ? 'conversation_id' : id}`,
  );
}

/** The same for one message. */
export function bySeq(message: string, row: string): string {
  return isRow(seqColumns(message), seqColumns(row));
}

const seqColumns = (of: string) => `${of}.workspace_id, ${of}.conversation_id, ${of}.seq`;

const isRow = (columns: string, values: string) => `(${columns}) >= (${values}) and (${columns}) <= (${values})`;

/**
 * A further condition on what another key finds. Written as an equality it would be a way to find it, too: while a table is
 * small, the primary key by its workspace alone looks no dearer than the right index, and that plan is kept while it grows to
 * millions (ADR 0033). This no index can be searched by. Neither side is ever null.
 */
export function checked(column: string, value: string): string {
  return `${column} is not distinct from ${value}`;
}

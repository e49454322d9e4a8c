/** A time as whole milliseconds since 1970, rounded down. A double, because the driver returns bigints as text. */
export function toMs(time: string): string {
  return `floor(extract(epoch from ${time}) * 1000)::float8`;
}

/** A row of `messages` as protocol's `Message`: the only place that maps the columns. */
export function messageJson(m: string): string {
  return `jsonb_build_object(
    'id', ${m}.id, 'conversationId', ${m}.conversation_id, 'seq', ${m}.seq,
    'author', jsonb_build_object('kind', ${m}.origin, 'id', ${m}.author_id, 'name', ${m}.author_name),
    'note', ${m}.note, 'text', ${m}.text,
    'createdAt', to_char(${m}.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'revision', ${m}.revision, 'delivery', ${m}.delivery, 'retrying', ${isRetrying(m)},
    'clientMessageId', ${m}.client_message_id)`;
}

/** True for a message that blocks its lane until it is sent again (ADR 6). */
function isRetrying(m: string): string {
  return `coalesce(${m}.delivery = 'uncertain' and ${m}.blocks_until = 'infinity', false)`;
}

/** A row of `agents` as the statechart's `Rules`. */
export function rulesJson(a: string): string {
  return `jsonb_build_object(
    'muteWhenHumanActive', ${a}.mute_when_human_active, 'humanPriorityWindowSeconds', ${a}.human_priority_window_seconds,
    'replyDelaySeconds', ${a}.reply_delay_seconds, 'version', ${a}.rules_version,
    'paused', ${a}.paused, 'pausedBy', ${a}.paused_by)`;
}

/** The key of the advisory lock between changes of an agent's rules and commits that use them (ADR 15). */
export function rulesLock(agentId: string): string {
  return `hashtextextended('rules ' || ${agentId}, 0)`;
}

/** The fence: true if agent message `m` of conversation `c` may be sent now. The trigger checks the same condition. */
export function mayGoOut(m: { epoch: string; seq: string }, c: string): string {
  return `coalesce(${c}.agent_epoch = ${m.epoch} or (${c}.state = 'agentDisabled' and ${c}.closing_seq = ${m.seq}), false)`;
}

/**
 * Joins a hot table by its key in an UPDATE. Row comparisons can use an index, but no hash or merge join, so that probing the
 * primary key is the only possible plan, independent of statistics (ADR 16).
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
 * An equality that no index can serve, for further conditions on rows found by another key. A plain equality on a small table
 * can make the planner prefer the wrong index, and the cached plan stays while the table grows (ADR 16). Neither side is null.
 */
export function checked(column: string, value: string): string {
  return `${column} is not distinct from ${value}`;
}

import { MESSAGE_COLUMNS, TRANSITION_COLUMNS } from './commit-input.ts';
import { byKey, bySeq, messageJson } from './sql-fragments.ts';
import { VIEW_COLUMN_NAMES } from './view-columns.ts';

/** Runs first: the other statements use the rows it returns, so that the fence's trigger sees the new epoch. */
export const UPDATE_CONVERSATIONS = `
written as (
  update conversations c set
    version = c.version + j.transition_count, revision = c.revision + 1, snapshot = j.snapshot, agent_id = j.agent_id,
    rules_version = j.rules_version, typing_leases = (c.typing_leases - j.leases_ended) || j.leases_started,
    ${VIEW_COLUMN_NAMES.map((name) => `${name} = j.${name}`).join(', ')},
    state_since = coalesce(j.state_since, c.state_since), last_message_seq = coalesce(j.last_message_seq, c.last_message_seq), changed_at = now()
  from decided j
  where j.verdict = 'committed' and ${byKey('c', 'j', 'id')}
  returning j.*, c.revision as new_revision
)`;

/**
 * Withholds queued agent messages of an earlier epoch (SEND-3). None of them has arrived, because marks never queue a message
 * again that may have. An uncertain message is no longer sent again, and blocks later messages for 30 s at most (SEND-4).
 */
export const WITHHOLD = `
withheld as (
  update messages m set
    delivery = case m.delivery when 'queued' then 'withheld' else m.delivery end,
    revision = w.new_revision,
    blocks_until = case m.delivery when 'uncertain' then now() + interval '30 s' end
  from written w
  where w.send_seq is not null and (m.workspace_id, m.conversation_id, m.seq) >= (w.workspace_id, w.conversation_id, w.send_seq)
    and (m.workspace_id, m.conversation_id, m.seq) <= (w.workspace_id, w.conversation_id, w.last_seq)
    and m.origin = 'agent' and (m.delivery = 'queued' or (m.delivery = 'uncertain' and m.blocks_until > now() + interval '30 s'))
    and m.agent_epoch is distinct from w.agent_epoch and m.seq is distinct from w.closing_seq
  returning w.idx, m.seq, ${messageJson('m')} as message
)`;

export const CLAIM = `
claim as materialized (
  select w.idx, w.workspace_id, w.conversation_id, w.new_revision, w.claim_seq as seq from written w where w.claim_seq is not null
),
claimed as (
  update messages m set
    delivery = 'sending', claimed_at = now(), attempts = m.attempts + 1, blocks_until = null, revision = claim.new_revision
  from claim
  where ${bySeq('m', 'claim')}
  returning claim.idx, ${messageJson('m')} as message
)`;

export const INSERT_MESSAGES = `
inserted as (
  insert into messages (workspace_id, conversation_id, channel_id, revision, id, seq, origin, author_id, author_name, note,
    text, created_at, delivery, client_message_id, external_id, turn, agent_epoch)
  select w.workspace_id, w.conversation_id, w.channel_id, w.new_revision, m.id, m.seq, m.origin, m.author_id, m.author_name,
    m.note, m.text, m.created_at, m.delivery, m.client_message_id, m.external_id, m.turn, m.agent_epoch
  from written w cross join lateral jsonb_to_recordset(w.messages) as m(${MESSAGE_COLUMNS})
)`;

export const INSERT_TRANSITIONS = `
history as (
  insert into transitions (workspace_id, conversation_id, version, event, from_state, to_state, from_leaf, to_leaf, caused_by, at)
  select w.workspace_id, w.conversation_id, t.version, t.event, t.from_state, t.to_state, t.from_leaf, t.to_leaf, t.caused_by, t.at
  from written w cross join lateral jsonb_to_recordset(w.transitions) as t(${TRANSITION_COLUMNS})
)`;

/**
 * A generation of the same turn keeps its worker, and a lane keeps its sender. If a message was withheld, the lane is due now,
 * because it may have waited for that message's next attempt. If marks arrived meanwhile, the conversation is due now, because
 * one of them may concern the reply in flight (ADR 8).
 */
export const UPDATE_LANES = `
lane_updates as (
  update lanes l set
    agent_id = w.agent_id, changed_at = now(),
    state = w.state, status = w.status, assignee_id = w.assignee_id, waiting_since = w.waiting_since,
    wake_at = w.due_at, has_pending_work = w.due_at is not null or w.waiting_since is not null,
    reply_turn = w.reply_turn, reply_deadline_at = w.reply_deadline_at,
    reply_at = case when w.reply_turn is null then null when w.reply_turn = l.reply_turn then l.reply_at else now() end,
    reply_worker = case when w.reply_turn = l.reply_turn then l.reply_worker end,
    send_seq = coalesce(l.send_seq, w.first_queued_seq),
    send_at = case when exists (select from withheld s where s.idx = w.idx) then now()
      when w.first_queued_seq is null then l.send_at else coalesce(l.send_at, now()) end
  from (select *, case when new_revision > known_revision + 1 then now() else wake_at end as due_at from written) w
  where ${byKey('l', 'w')}
)`;

/** Queues the new messages for the search index (ADR 17). */
export const QUEUE_FOR_SEARCH = `
queued_for_search as (
  insert into search_queue (workspace_id, conversation_id, first_seq, last_seq)
  select w.workspace_id, w.conversation_id, w.last_seq - jsonb_array_length(w.messages) + 1, w.last_seq
  from written w
  where jsonb_array_length(w.messages) > 0
)`;

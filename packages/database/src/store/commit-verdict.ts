import { ITEM_COLUMNS, MESSAGE_COLUMNS } from './commit-input.ts';
import { checked, mayGoOut, messageJson, rulesLock } from './sql-fragments.ts';

/**
 * Finds and locks the rows of each item. Every look-up is a LATERAL probe by key, so that no plan becomes a scan. The statement
 * never waits for a lock: an item whose row is locked is `busy`.
 *
 * A locked row is read in its latest version, but the rest of the statement sees the database at its start. So the statement
 * reads the revision twice, and continues only if both reads agree.
 *
 * The share lock on the agent's row makes a change of rules wait for commits with the old rules. The advisory lock makes later
 * commits `busy` while a change waits; otherwise overlapping commits could block the change forever (ADR 15).
 */
export const FIND = `
item as materialized (
  select item.* from string_to_table($1::text, e'\\n') as line
  cross join lateral jsonb_to_record(line::jsonb) as item(${ITEM_COLUMNS})
),
found as materialized (
  select item.*, seen.revision as seen_revision, held.version, held.revision, held.channel_id, held.quarantined_at,
    held.typing_leases, held.last_seq as stored_last_seq, rules.current_rules, lane.send_seq
  from item
  left join lateral (
    select c.revision from conversations c
    where c.workspace_id = item.workspace_id and c.id = item.conversation_id
    offset 0
  ) seen on true
  left join lateral (
    select c.version, c.revision, c.channel_id, c.quarantined_at, c.typing_leases, c.last_seq from conversations c
    where c.workspace_id = item.workspace_id and c.id = item.conversation_id
    for no key update skip locked
  ) held on true
  left join lateral (
    select a.rules_version as current_rules from agents a
    where a.workspace_id = item.workspace_id and a.id = item.agent_id
      and pg_try_advisory_xact_lock_shared(${rulesLock('a.id::text')})
    for share skip locked
  ) rules on true
  left join lateral (
    select l.send_seq from lanes l
    where l.workspace_id = item.workspace_id and l.conversation_id = item.conversation_id
    offset 0
  ) lane on true
)`;

/** Stored messages with the id of a new one. An echo may carry the provider's id of an outbound message. */
const DUPLICATES = `
  select jsonb_agg(${messageJson('m')} || jsonb_build_object('externalId', coalesce(m.external_id, m.provider_id))) as messages
  from jsonb_to_recordset(found.messages) as given(${MESSAGE_COLUMNS})
  cross join lateral (
    (select m.* from messages m where m.workspace_id = found.workspace_id and m.conversation_id = found.conversation_id
       and m.client_message_id = given.client_message_id and given.client_message_id is not null offset 0)
    union all
    (select m.* from messages m where m.channel_id = found.channel_id and ${checked('m.workspace_id', 'found.workspace_id')}
       and m.external_id = given.external_id and given.external_id is not null offset 0)
    union all
    (select m.* from messages m where m.channel_id = found.channel_id and ${checked('m.workspace_id', 'found.workspace_id')}
       and m.provider_id = given.external_id and given.external_id is not null and given.origin = 'external' offset 0)
  ) m`;

/** Checks the item's messages: seqs without gaps, the fence, one reply per turn. */
const CHECKS = `
  select count(*) as count, min(given.seq) as first_seq, max(given.seq) as last_seq,
    coalesce(bool_or(given.sendable and not ${mayGoOut({ epoch: 'given.agent_epoch', seq: 'given.seq' }, 'found')}), false) as break_fence,
    coalesce(bool_or(given.sendable and exists (
      select from messages m where m.workspace_id = found.workspace_id and m.conversation_id = found.conversation_id
        and m.sendable_turn = given.turn offset 0)), false) as repeat_turn
  from (
    select *, origin = 'agent' and delivery is not null and delivery <> 'withheld' as sendable
    from jsonb_to_recordset(found.messages) as given(${MESSAGE_COLUMNS})
  ) given`;

/** The agent message to claim: `queued`, or `uncertain` after a crash, and only for its next attempt. */
const CLAIMABLE = `
  select m.seq, not ${mayGoOut({ epoch: 'm.agent_epoch', seq: 'm.seq' }, 'found')} as breaks_fence
  from messages m
  where m.id = found.claim_id and m.origin = 'agent' and ${checked('m.workspace_id', 'found.workspace_id')}
    and ${checked('m.conversation_id', 'found.conversation_id')}
    and m.delivery in ('queued', 'uncertain') and m.attempts + 1 = found.claim_attempt
  offset 0`;

/** The first verdict that applies to each item. `refused` carries the reason. */
export const DECIDE_VERDICT = `
decided as materialized (
  select found.*, duplicates.messages as duplicates, claimable.seq as claim_seq, case
    when found.seen_revision is null then 'missing'
    when found.version is null then 'busy'
    when found.version <> found.expected_version or found.quarantined_at is not null then 'conflict'
    when found.revision <> found.seen_revision then 'busy'
    when exists (
      select from unnest(found.leases_expired) as lease(id)
      where (found.typing_leases ->> lease.id)::float8 > found.expired_at_ms
    ) then 'conflict'
    when found.current_rules is null then case
      when exists (select from agents a where a.workspace_id = found.workspace_id and a.id = found.agent_id offset 0)
      then 'busy' else 'refused: there is no such agent' end
    when found.current_rules <> found.rules_version then 'staleRules'
    when duplicates.messages is not null then 'duplicate'
    when found.claim_id is not null and claimable.seq is null then 'staleClaim'
    when claimable.breaks_fence or checks.break_fence then 'refused: the agent does not hold the conversation'
    when checks.repeat_turn then 'refused: a second reply to one turn'
    when found.last_seq <> found.stored_last_seq + checks.count
      or (checks.count > 0 and (checks.first_seq <> found.stored_last_seq + 1 or checks.last_seq <> found.last_seq))
      then 'refused: the seqs of its messages do not follow the last one'
    else 'committed'
  end as verdict
  from found
  left join lateral (${DUPLICATES}) duplicates on true
  left join lateral (${CHECKS}) checks on true
  left join lateral (${CLAIMABLE}) claimable on true
)`;

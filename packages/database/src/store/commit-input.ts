import { stateChangedAt, type CommitItem, type NewMessage, type NewTransition } from '@baton/runtime';
import { iso } from './statement.ts';
import { toViewRecord, VIEW_COLUMN_TYPES } from './view-columns.ts';

/** The columns of `item` in the commit statement, as `toRecord` fills them. */
export const ITEM_COLUMNS = `
  idx int, workspace_id uuid, conversation_id uuid, expected_version int, known_revision int, rules_version int, agent_id uuid, snapshot jsonb,
  ${VIEW_COLUMN_TYPES}, state_since timestamptz, reply_turn int, reply_deadline_at timestamptz, wake_at timestamptz,
  messages jsonb, transitions jsonb, transition_count int, first_queued_seq int, last_message_seq int,
  leases_started jsonb, leases_ended text[], leases_expired text[], expired_at_ms float8, claim_id uuid, claim_attempt int`;

export const MESSAGE_COLUMNS = `
  id uuid, seq int, origin text, author_id text, author_name text, note bool, text text, created_at timestamptz,
  delivery text, client_message_id text, external_id text, turn int, agent_epoch int`;

export const TRANSITION_COLUMNS = `
  version int, event jsonb, from_state text, to_state text, from_leaf text, to_leaf text, caused_by jsonb, at timestamptz`;

/** Leaves nulls out: SQL reads a missing field as null without parsing it. */
export function toRecord(item: CommitItem, idx: number): object {
  const { view, messages } = item;
  return {
    idx,
    workspace_id: item.key.workspaceId,
    conversation_id: item.key.conversationId,
    expected_version: item.expectedVersion,
    known_revision: item.knownRevision ?? undefined,
    rules_version: item.rulesVersion,
    agent_id: item.agentId,
    snapshot: item.snapshot,
    ...toViewRecord(view),
    state_since: isoOrAbsent(stateChangedAt(item.transitions)),
    reply_turn: view.generation?.turn,
    reply_deadline_at: isoOrAbsent(view.generation?.deadlineAt ?? null),
    wake_at: isoOrAbsent(item.wakeAt),
    messages: messages.map(toMessageRecord),
    transitions: item.transitions.map(toTransitionRecord),
    transition_count: item.transitions.length,
    first_queued_seq: messages.find((message) => message.delivery === 'queued')?.seq,
    last_message_seq: messages.findLast((message) => !message.note)?.seq,
    leases_started: item.leasesStarted,
    leases_ended: item.leasesEnded,
    leases_expired: item.leasesExpired.ids,
    expired_at_ms: item.leasesExpired.at,
    claim_id: item.claim?.messageId,
    claim_attempt: item.claim?.attempt,
  };
}

function toMessageRecord(message: NewMessage): object {
  return {
    id: message.id,
    seq: message.seq,
    origin: message.author.kind,
    author_id: message.author.id,
    author_name: message.author.name,
    note: message.note,
    text: message.text,
    created_at: iso(message.createdAt),
    delivery: message.delivery ?? undefined,
    client_message_id: message.clientMessageId ?? undefined,
    external_id: message.externalId ?? undefined,
    turn: message.turn ?? undefined,
    agent_epoch: message.epoch ?? undefined,
  };
}

function toTransitionRecord(transition: NewTransition): object {
  return {
    version: transition.version,
    event: transition.event,
    from_state: transition.from,
    to_state: transition.to,
    from_leaf: transition.fromLeaf,
    to_leaf: transition.toLeaf,
    caused_by: transition.by,
    at: iso(transition.at),
  };
}

function isoOrAbsent(ms: number | null): string | undefined {
  return ms === null ? undefined : iso(ms);
}

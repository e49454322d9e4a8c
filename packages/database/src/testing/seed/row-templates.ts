import { nextDeadline, stateOf, view, type Ms } from '@baton/conversation';
import { toViewRecord } from '../../store/view-columns.ts';
import { BASE, placeholder, toRowTemplate, type RowTemplate } from './placeholders.ts';
import type { Scenario, ScenarioMessage } from './scenario.ts';

export const TABLES = [
  'customers',
  'conversations',
  'lanes',
  'messages',
  'transitions',
  'read_markers',
  'message_words',
] as const;
export type Table = (typeof TABLES)[number];

/** The rows of a conversation that went as a scenario did, with places to fill. */
export type RowTemplates = Record<Table, { columns: string; rows: RowTemplate[] }>;

type Row = Record<string, unknown>;

const HERE = { workspace_id: placeholder('workspace'), conversation_id: placeholder('conversation') };
const CHANNEL = placeholder('channel');
const AGENT = placeholder('agent');

export function toTemplates(scenario: Scenario): RowTemplates {
  return {
    customers: toTemplate([customer()]),
    conversations: toTemplate([conversation(scenario)]),
    lanes: toTemplate([lane(scenario)]),
    messages: toTemplate(scenario.messages.map(message)),
    transitions: toTemplate(transitions(scenario)),
    read_markers: toTemplate([
      { ...HERE, user_id: placeholder('first'), seq: scenario.messages.length, at: time(scenario.endsAt) },
    ]),
    message_words: toTemplate(
      [0, ...scenario.messages.map(({ seq }) => seq)].map((seq) => ({
        ...HERE,
        seq,
        words: placeholder(`words.${seq}`),
      })),
    ),
  };
}

function customer(): Row {
  const [id, name] = [placeholder('customer'), placeholder('customerName')];
  const external_id = `customer ${placeholder('place')}`;
  return { workspace_id: HERE.workspace_id, id, channel_id: CHANNEL, external_id, name, created_at: time(BASE) };
}

function conversation({ snapshot, steps, messages, endsAt }: Scenario): Row {
  const entered = steps.findLast(({ before, after }) => stateOf(before.value) !== stateOf(after.value));
  return {
    workspace_id: HERE.workspace_id,
    id: HERE.conversation_id,
    channel_id: CHANNEL,
    customer_id: placeholder('customer'),
    agent_id: AGENT,
    version: steps.length,
    revision: steps.length,
    snapshot,
    rules_version: snapshot.context.rules.version,
    typing_leases: Object.fromEntries(snapshot.context.leases.map(({ id, expiresAt }) => [id, expiresAt])),
    ...toViewRecord(view(snapshot), time),
    state_since: time(entered?.event.at ?? BASE),
    last_message_seq: messages.at(-1)?.seq,
    created_at: time(BASE),
    changed_at: time(endsAt),
  };
}

function lane({ snapshot, messages, endsAt }: Scenario): Row {
  const { state, status, assigneeId, waitingSince } = view(snapshot);
  const wakeAt = nextDeadline(snapshot);
  const queued = messages.find(({ delivery }) => delivery === 'queued');
  return {
    ...HERE,
    channel_id: CHANNEL,
    agent_id: AGENT,
    changed_at: time(endsAt),
    state,
    status,
    assignee_id: assigneeId,
    waiting_since: time(waitingSince),
    wake_at: time(wakeAt),
    has_pending_work: wakeAt !== null || waitingSince !== null,
    send_at: queued && time(endsAt),
    send_seq: queued?.seq,
  };
}

function message({ id, seq, origin, author, at, revision, delivery, turn, epoch }: ScenarioMessage): Row {
  return {
    ...HERE,
    seq,
    id,
    channel_id: CHANNEL,
    origin,
    author_id: author.id,
    author_name: author.name,
    note: false,
    text: placeholder(`text.${seq}`),
    created_at: time(at),
    revision,
    client_message_id: origin === 'teammate' ? `seed ${seq}` : null,
    external_id: origin === 'customer' ? `${placeholder('place')}/${seq}` : null,
    delivery,
    turn,
    agent_epoch: epoch,
  };
}

function transitions({ steps }: Scenario): Row[] {
  return steps.map(({ event, before, after }, index) => ({
    ...HERE,
    version: index + 1,
    event,
    from_state: stateOf(before.value),
    to_state: stateOf(after.value),
    from_leaf: before.value,
    to_leaf: after.value,
    caused_by: event.by,
    at: time(event.at),
  }));
}

/** A time in a column of its own; in JSON a time is a number of milliseconds, which the template finds by itself. */
function time(at: Ms | null): string | null {
  return at === null ? null : placeholder(`@${at - BASE}`);
}

function toTemplate(rows: Row[]): RowTemplates[Table] {
  return {
    columns: Object.keys(rows[0] ?? {}).join(', '),
    rows: rows.map((row) => toRowTemplate(`${Object.values(row).map(toField).join('\t')}\n`)),
  };
}

/** As `COPY` reads it. */
function toField(value: unknown): string {
  if (value === null || value === undefined) return String.raw`\N`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\t', String.raw`\t`)
    .replaceAll('\n', String.raw`\n`);
}

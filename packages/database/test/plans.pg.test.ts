import { commitItem, customerMessage } from '@baton/store-contract/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLAIM_SENDS, RELEASE_SENDS } from '../src/store/claim-sends.ts';
import { COMMIT } from '../src/store/commit.ts';
import { FIND_AGENT_BACKEND, KNOWLEDGE_VERSION } from '../src/store/find-agent-backend.ts';
import { FIND_INBOUND_CHANNEL } from '../src/store/find-inbound-channel.ts';
import { FIND_OUTBOUND_CHANNEL } from '../src/store/find-outbound-channel.ts';
import { renewStatement } from '../src/store/renew-leases.ts';
import { LOAD } from '../src/store/load.ts';
import { markStatement } from '../src/store/mark-deliveries.ts';
import { FIND_OWN, READ_MESSAGE, TRANSCRIPTS } from '../src/store/records.ts';
import { FIND_PLACE, OPEN, RENAME } from '../src/store/open-conversation.ts';
import { CLAIM_REPLIES, moveStatement } from '../src/store/replies.ts';
import { CLAIM_DUE, POSTPONE } from '../src/store/wakes.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

/** Every statement that runs per message, keystroke or poll, with the types of its parameters. */
const STATEMENTS: Record<string, [statement: string, types: string]> = {
  commit: [COMMIT, 'text'],
  load: [LOAD, 'text'],
  transcripts: [TRANSCRIPTS, 'text, int'],
  'read message': [READ_MESSAGE, 'uuid, uuid, uuid'],
  'find own': [FIND_OWN, 'uuid, uuid, text, uuid'],
  'find door': [FIND_INBOUND_CHANNEL, 'uuid'],
  'find place': [FIND_PLACE, 'uuid, uuid, text'],
  'open conversation': [OPEN, 'text'],
  'rename customer': [RENAME, 'uuid, uuid, text, uuid'],
  'find way out': [FIND_OUTBOUND_CHANNEL, 'uuid, uuid'],
  'find agent backend': [FIND_AGENT_BACKEND, 'uuid, uuid'],
  'knowledge version': [KNOWLEDGE_VERSION, 'uuid'],
  'renew leases': [renewStatement(false), 'text'],
  'claim due': [CLAIM_DUE, 'int'],
  postpone: [POSTPONE, 'uuid, uuid, int, timestamptz'],
  'claim replies': [CLAIM_REPLIES, 'int, text, float8'],
  'move replies': [moveStatement(false), 'text, text, float8'],
  'claim sends': [CLAIM_SENDS, 'text, int, float8'],
  'release sends': [RELEASE_SENDS, 'text, text'],
  'mark deliveries': [markStatement(false), 'text'],
};

/** What a look-up in a table must at least be by; queues are read in the order of their due time. */
const KEYS: Record<string, RegExp[]> = {
  conversations: [/\bid = /, /customer_id = /, bounds('workspace_id, id')],
  lanes: [/conversation_id = /, /(wake|reply|send)_at <= /, bounds('workspace_id, conversation_id')],
  messages: [
    // A conversation's own, at worst all of them: two indexes begin with it, and while they are tiny one is like the other.
    /workspace_id = .*conversation_id = /,
    /channel_id = .*(external|provider)_id = /,
    /\(id = /,
    bounds('workspace_id, conversation_id, seq'),
  ],
  transitions: [/version = /],
  customers: [/\bid = /, /channel_id = .*external_id = /],
  agents: [/\bid = /],
  channels: [/\bid = /],
  knowledge_entries: [/workspace_id = /],
  channel_outages: [/channel_id = /, bounds('workspace_id, channel_id')],
};

/** A whole key, held from both sides. */
function bounds(columns: string): RegExp {
  return new RegExp(String.raw`ROW\(${columns}\) >= .* AND \(ROW\(${columns}\) <= `);
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

async function genericPlan([statement, types]: [string, string], { sql } = fixture): Promise<Plan[]> {
  return await sql.begin(async (tx) => {
    await tx.unsafe(`prepare probe(${types}) as ${statement}`);
    const nulls = types.split(',').map(() => 'null');
    const [row] = await tx.unsafe<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
      `explain (format json) execute probe(${nulls.join(',')})`,
    );
    await tx.unsafe('deallocate probe');
    return nodes(row!['QUERY PLAN'][0]!.Plan);
  });
}

function badLookups(plan: Plan[]): string[] {
  return plan
    .filter((node) => node['Relation Name'] && node['Node Type'].endsWith(' Scan'))
    .filter((node) => !KEYS[node['Relation Name']!]!.some((key) => key.test(node['Index Cond'] ?? '')))
    .map((node) => `${node['Node Type']} of ${node['Relation Name']} by ${node['Index Cond'] ?? 'nothing'}`);
}

for (const [name, statement] of Object.entries(STATEMENTS)) {
  test(`the plan of "${name}", made while all tables are empty, looks up every row by its key`, async () => {
    expect(badLookups(await genericPlan(statement))).toEqual([]);
  });
}

test('a plan that reads more than it looks up is found by this test', async () => {
  const scan = await genericPlan(['select * from conversations where workspace_id = $1 and turn = 1', 'uuid']);
  expect(badLookups(scan)).toHaveLength(1);
});

test('the plans stay so when the tables have been analyzed while small', async () => {
  const of = await fixture.createConversation();
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([commitItem(of, stored!, { messages: [customerMessage(1)], wakeAt: Date.now() })]);
  await fixture.sql`analyze`;
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    expect([name, badLookups(await genericPlan(statement))]).toEqual([name, []]);
  }
});

/**
 * So many more rows in each table that grows. A plan that is made now is kept while they become millions, and with few of them any
 * index looks as good as the right one.
 */
async function growBy({ sql }: PostgresFixture, rows: number): Promise<void> {
  await sql.unsafe(`
    with people as (
      insert into customers select (jsonb_populate_record(c, jsonb_build_object('id', uuidv7(), 'external_id', uuidv7()))).*
      from customers c, generate_series(1, ${rows}) where c.id = (select id from customers limit 1) returning id
    ),
    opened as (
      insert into conversations
      select (jsonb_populate_record(c, jsonb_build_object('id', uuidv7(), 'customer_id', people.id))).*
      from conversations c, people where c.id = (select id from conversations limit 1)
      returning workspace_id, id, channel_id, agent_id
    )
    insert into lanes (workspace_id, conversation_id, channel_id, agent_id)
    select workspace_id, id, channel_id, agent_id from opened`);
  await sql.unsafe(`
    insert into messages (workspace_id, conversation_id, channel_id, revision, id, seq, origin, author_name, note, text,
      created_at, external_id, provider_id, client_message_id)
    select workspace_id, id, channel_id, 1, uuidv7(), 1, 'customer', 'Ann', false, 'Hello',
      now(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid()
    from conversations
    on conflict do nothing`);
}

/** Until a table has been counted with rows in it, every condition is believed to leave one of them. */
const COUNTED: Record<string, string[]> = {
  never: [],
  'while empty': ['empty'],
  'again and again': ['empty', 'grown'],
};

test.each(Object.entries(COUNTED))(
  'the plans stay so whatever few rows there are when they are made, counted %s',
  { timeout: 120_000 },
  async (_, when) => {
    const fresh = await openPostgresFixture();
    await fresh.createConversation();
    if (when.includes('empty')) await fresh.sql`vacuum analyze`;
    const bad: Record<string, string[]> = {};
    for (let rows = 4, there = 0; rows < 6_000; there = rows, rows = Math.ceil(rows * 1.3)) {
      await growBy(fresh, rows - there);
      if (when.includes('grown')) await fresh.sql`analyze`;
      for (const [name, statement] of Object.entries(STATEMENTS)) {
        const found = badLookups(await genericPlan(statement, fresh));
        if (found.length > 0) bad[`${name}, at ${rows}`] = found;
      }
    }
    await fresh.close();
    expect(bad).toEqual({});
  },
);

test('commits update the conversation in place, so that its indexes do not grow', async () => {
  const of = await fixture.createConversation();
  const before = await updates();
  for (let seq = 1; seq <= 60; seq++) {
    const [stored] = await fixture.store.load([of.key]);
    await fixture.store.commit([commitItem(of, stored!, { messages: [customerMessage(seq)], wakeAt: Date.now() })]);
  }
  const after = await updates();
  expect(after.all - before.all).toBe(60);
  expect(after.hot - before.hot).toBeGreaterThan(50);
});

async function updates(): Promise<{ all: number; hot: number }> {
  // Statistics of each connection come late unless asked for.
  await Promise.all(Array.from({ length: 8 }, () => fixture.sql`select pg_stat_force_next_flush()`));
  const [row] = await fixture.sql<{ all: number; hot: number }[]>`
    select pg_stat_get_tuples_updated(oid)::int as all, pg_stat_get_tuples_hot_updated(oid)::int as hot
    from pg_class where relname = 'conversations'`;
  return row!;
}

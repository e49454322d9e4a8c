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
import { FIND_CUSTOMER, OPEN, RENAME } from '../src/store/open-conversation.ts';
import { CLAIM_REPLIES, moveStatement } from '../src/store/replies.ts';
import { CLAIM_DUE, POSTPONE } from '../src/store/wakes.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

/** All statements of the hot path, with the types of their parameters. */
const STATEMENTS: Record<string, [statement: string, types: string]> = {
  commit: [COMMIT, 'text'],
  load: [LOAD, 'text'],
  transcripts: [TRANSCRIPTS, 'text, int'],
  'read message': [READ_MESSAGE, 'uuid, uuid, uuid'],
  'find own': [FIND_OWN, 'uuid, uuid, text, uuid'],
  'find inbound channel': [FIND_INBOUND_CHANNEL, 'uuid'],
  'find customer': [FIND_CUSTOMER, 'uuid, uuid, text'],
  'open conversation': [OPEN, 'text'],
  'rename customer': [RENAME, 'uuid, uuid, text, uuid'],
  'find outbound channel': [FIND_OUTBOUND_CHANNEL, 'uuid, uuid'],
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

/** Columns that a look-up in a table must use. Queues are read in order of their due time. */
const KEYS: Record<string, RegExp[]> = {
  conversations: [/\bid = /, /customer_id = /, bounds('workspace_id, id')],
  lanes: [/conversation_id = /, /(wake|reply|send)_at <= /, bounds('workspace_id, conversation_id')],
  messages: [
    // All messages of one conversation at worst: two indexes begin with these columns and cost the same on tiny tables.
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

/** A whole key with both bounds. */
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
  test(`the plan of "${name}", made on empty tables, looks up every row by its key`, async () => {
    expect(badLookups(await genericPlan(statement))).toEqual([]);
  });
}

test('notices a plan that scans a table', async () => {
  const scan = await genericPlan(['select * from conversations where workspace_id = $1 and turn = 1', 'uuid']);
  expect(badLookups(scan)).toHaveLength(1);
});

test('keeps the plans after small tables were analyzed', async () => {
  const of = await fixture.createConversation();
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([commitItem(of, stored!, { messages: [customerMessage(1)], wakeAt: Date.now() })]);
  await fixture.sql`analyze`;
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    expect([name, badLookups(await genericPlan(statement))]).toEqual([name, []]);
  }
});

/** Adds rows to each growing table. A plan from a small table is kept while the table grows to millions of rows. */
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

/** Without statistics PostgreSQL estimates one row for every condition. */
const COUNTED: Record<string, string[]> = {
  never: [],
  'while empty': ['empty'],
  'again and again': ['empty', 'grown'],
};

test.each(Object.entries(COUNTED))(
  'keeps the plans for few rows, analyzed %s',
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

test('updates conversations in place, without new index entries', async () => {
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
  // Flushes the statistics of each connection.
  await Promise.all(Array.from({ length: 8 }, () => fixture.sql`select pg_stat_force_next_flush()`));
  const [row] = await fixture.sql<{ all: number; hot: number }[]>`
    select pg_stat_get_tuples_updated(oid)::int as all, pg_stat_get_tuples_hot_updated(oid)::int as hot
    from pg_class where relname = 'conversations'`;
  return row!;
}

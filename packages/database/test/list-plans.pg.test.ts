import { sql, type SQL } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConversations } from '../src/queries/list-conversations.ts';
import { orderedLanes, type ListFilter } from '../src/queries/list-order.ts';
import { splitByFrequency } from '../src/search/split-by-frequency.ts';
import { tagOf } from '../src/search/words.ts';
import { openSeededDatabase, type SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
beforeAll(async () => {
  database = await openSeededDatabase({ conversations: 600, seed: 5 });
});
afterAll(() => database.drop());

/** Small tables are read whole whatever indexes there are: what counts is that an index serves, and how. */
async function planOf(query: SQL): Promise<string> {
  return await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    const rows = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain (costs off) ${query}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

const list = (filter: ListFilter, after: { changedAt: string; id: string } | null = null): SQL =>
  sql`select * from ${orderedLanes(database.seeded.workspaces[0]!.id, filter, after, 51)} as page`;

const RANGE = /Index Scan Backward using lanes_listed|Index Only Scan Backward using lanes_listed/;
const KEY = 'workspace_id = .* AND \\(status = list_range.status\\) AND \\(state = list_range.state\\)';

test.each<[string, ListFilter]>([
  ['everything', {}],
  ['open', { status: 'open' }],
  ['one state', { states: ['agentDisabled'] }],
  ['nobody’s', { status: 'open', assigneeId: null }],
  ['changed lately', { changedSince: new Date(0) }],
])(
  'the list of %s reads ranges of one index in its order, and sorts nothing but their first rows',
  async (_, filter) => {
    const plan = await planOf(list(filter));
    expect(plan).toMatch(RANGE);
    expect(plan).toMatch(new RegExp(`Index Cond: .*${KEY} AND \\(unassigned = list_range.unassigned\\)`));
    expect(plan.match(/Sort Key/g)).toHaveLength(1);
  },
);

test('the list of what is assigned to someone has an index of its own', async () => {
  const plan = await planOf(list({ status: 'open', assigneeId: 'somebody' }));
  expect(plan).toMatch(/using lanes_assigned/);
  expect(plan.match(/Sort Key/g)).toHaveLength(1);
});

test('a page further on begins where the last one ended, without reading what came before', async () => {
  const plan = await planOf(
    list({ status: 'closed' }, { changedAt: '2026-01-01 00:00:00+00', id: database.seeded.workspaces[0]!.id }),
  );
  expect(plan).toMatch(/Index Cond: .*ROW\(.*changed_at, .*conversation_id\) < ROW/);
});

test('words are found by their index, whatever the workspace', async () => {
  const plan = await planOf(sql`
    select conversation_id from message_words
    where words @@ 'abcdword:*'::tsquery and workspace_id is not distinct from ${database.seeded.workspaces[0]!.id}::uuid limit 10`);
  expect(plan).toMatch(/Bitmap Index Scan on message_words_words/);
});

test('several words, of which one is frequent, find every conversation that has a message with all of them', async () => {
  const { id, teammates, conversations } = database.seeded.workspaces[0]!;
  expect(conversations, 'more than the newest, which are looked at first').toBeGreaterThan(250);
  const tag = tagOf(id);
  for (const [rare, frequent] of [
    ['labyrinth', 'parcel'],
    ['evergreen', 'parcel'],
    ['parcel', 'order'],
  ] as const) {
    expect(await splitByFrequency(database.db, [`${tag}${rare}:*`, `${tag}${frequent}:*`])).toMatchObject({
      compared: rare === 'labyrinth' ? [`${tag}parcel:*`] : [],
    });
    const has = await database.sql<{ id: string }[]>`
      select distinct conversation_id as id from message_words
      where workspace_id = ${id}::uuid and ${`${tag}${rare}`} = any(tsvector_to_array(words))
        and ${`${tag}${frequent}`} = any(tsvector_to_array(words))`;
    const page = { limit: 360, after: null };
    const { items } = await listConversations(database.db, id, teammates[0]!.id, { text: `${frequent} ${rare}` }, page);
    expect(has.length).toBeGreaterThan(0);
    expect(new Set(items.map((item) => item.id))).toEqual(new Set(has.map((row) => row.id)));
  }
});

test('each queue’s backlog is read from the front of its index', async () => {
  for (const time of ['wake_at', 'reply_at', 'send_at']) {
    const plan = await planOf(sql.raw(`select ${time} from lanes where ${time} <= now() order by ${time} limit 100`));
    expect(plan).toMatch(/Index (Only )?Scan using lanes_(wake|reply|send)/);
    expect(plan).not.toMatch(/Sort/);
  }
});

import { initialSnapshot, loadSnapshot, step, view } from '@baton/conversation';
import { ConversationRuntime, DatabaseClock, type ConversationKey, realScheduler, Signals } from '@baton/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConversations } from '../src/queries/list-conversations.ts';
import { toVector } from '../src/search/words.ts';
import { indexWords } from '../src/search/index-words.ts';
import { PostgresStore } from '../src/store/postgres-store.ts';
import { RULES } from '../src/testing/seed/scenario.ts';
import { hitsOf } from '../src/testing/seed/texts.ts';
import { openSeededDatabase, type SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
beforeAll(async () => {
  database = await openSeededDatabase({ conversations: 400, seed: 7 });
});
afterAll(() => database.drop());

async function keys(): Promise<ConversationKey[]> {
  return await database.sql<ConversationKey[]>`
    select workspace_id as "workspaceId", id as "conversationId" from conversations order by id`;
}

test('it fills several workspaces of very different sizes, with conversations of every length', async () => {
  const [count] = await database.sql<{ conversations: number; messages: number; lanes: number; longest: number }[]>`
    select (select count(*)::int from conversations) as conversations, (select count(*)::int from messages) as messages,
      (select count(*)::int from lanes) as lanes, (select max(last_seq) from conversations) as longest`;
  expect(count).toMatchObject({ conversations: 400, messages: database.seeded.messages, lanes: 400 });
  expect(database.seeded.messages / 400).toBeGreaterThan(12);
  expect(database.seeded.messages / 400).toBeLessThan(28);
  expect(database.seeded.workspaces.map(({ conversations }) => conversations)).toEqual([240, 80, 40, 20, 10, 5, 3, 2]);
});

test('[TIME-3] [TIME-4] every snapshot loads, and replaying its history gives it', async () => {
  const rows = await database.sql<
    { snapshot: unknown; agent_id: string; events: Parameters<typeof step>[1][]; state: string }[]
  >`
    select c.snapshot, c.agent_id, c.state, (select jsonb_agg(t.event order by t.version) from transitions t
      where t.workspace_id = c.workspace_id and t.conversation_id = c.id) as events from conversations c`;
  for (const { snapshot, agent_id: agentId, events, state } of rows) {
    const loaded = loadSnapshot(snapshot);
    expect(view(loaded).state).toBe(state);
    const replayed = events.reduce(
      (before, event) => step(before, event).after,
      initialSnapshot({ agentId, rules: RULES }),
    );
    expect(replayed).toEqual(loaded);
  }
});

test('what was said is indexed as the indexer would have done it', async () => {
  const rows = await database.sql<{ workspace_id: string; text: string; words: string }[]>`
    select m.workspace_id, m.text, w.words::text from messages m join message_words w using (workspace_id, conversation_id, seq)
    order by m.id limit 500`;
  for (const { workspace_id: workspaceId, text, words } of rows) {
    const indexed = words.split(' ').map((word) => word.slice(1, -1));
    expect(indexed.sort()).toEqual(toVector(workspaceId, text).split(' ').sort());
  }
  expect(rows).toHaveLength(500);
});

test('the runtime takes every one of them further', async () => {
  const store = new PostgresStore(database.sql);
  const clock = new DatabaseClock(() => performance.now(), Date.now);
  clock.learn(await store.now());
  const incidents: unknown[] = [];
  const runtime = new ConversationRuntime({
    store,
    clock,
    scheduler: realScheduler,
    signals: new Signals(),
    publisher: { changed: () => {}, delivered: () => {}, drafted: () => {} },
    report: (incident) => incidents.push(incident),
  });
  const all = await keys();
  const outcomes = await Promise.all(
    all.map((key, index) =>
      runtime.dispatch(key, {
        type: 'receive',
        from: 'customer',
        text: 'And one more thing: the wheelbarrow squeaks.',
        externalId: `later ${index}`,
        clientMessageId: null,
        sentAt: null,
        automated: false,
        imported: false,
      }),
    ),
  );
  await runtime.stop();
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  expect(incidents).toEqual([]);
});

test('planted words are found exactly as often as they were planted, in their own workspace', async () => {
  while ((await indexWords(database.db)) > 0);
  const [giant] = database.seeded.workspaces;
  const found = async (text: string) => {
    const page = { limit: 200, after: null };
    const { items } = await listConversations(database.db, giant!.id, giant!.teammates[0]!.id, { text }, page);
    return items.length;
  };
  expect(await found('labyrinth')).toBe(hitsOf('labyrinth', 240));
  expect(await found('evergr')).toBe(hitsOf('evergreen', 240));
  expect(await found('quicksilver marmalade')).toBe(1);
  expect(await found('wheelb')).toBe(200);
});

import { commitItem, customerMessage } from '@baton/store-contract/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConversations } from '../src/queries/list-conversations.ts';
import { openConversation } from '../src/store/open-conversation.ts';
import { splitByFrequency } from '../src/search/split-by-frequency.ts';
import { indexWords } from '../src/search/index-words.ts';
import { tagOf } from '../src/search/words.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

type Place = Awaited<ReturnType<PostgresFixture['createConversation']>>;

async function say(of: Place, seq: number, text: string): Promise<void> {
  const [stored] = await fixture.store.load([of.key]);
  const messages = [{ ...customerMessage(seq), text }];
  await fixture.store.commit([commitItem(of, stored!, { messages, wakeAt: null })]);
}

async function untilIndexed(): Promise<void> {
  while ((await indexWords(fixture.db)) > 0);
}

async function found({ key }: Place, text: string): Promise<string[]> {
  const { items } = await listConversations(fixture.db, key.workspaceId, 'me', { text }, { limit: 50, after: null });
  return items.map(({ id }) => id);
}

test('what was said is found once it is indexed, and the queue is empty then', async () => {
  const of = await fixture.createConversation();
  await say(of, 1, 'Where is my Teapot?');
  expect(await found(of, 'teapot')).toEqual([]);
  await untilIndexed();
  expect(await found(of, 'TEAP')).toEqual([of.key.conversationId]);
  expect(await found(of, 'eapot')).toEqual([]);
  const [left] = await fixture.sql`select count(*)::int as entries from search_queue`;
  expect(left).toEqual({ entries: 0 });
});

test('several indexers at once take each entry once, and lose none', async () => {
  const of = await fixture.createConversation();
  for (let seq = 1; seq <= 20; seq += 1) await say(of, seq, `item ${seq}`);
  const taken = await Promise.all(Array.from({ length: 4 }, () => indexWords(fixture.db)));
  expect(taken.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(20);
  await untilIndexed();
  const [words] = await fixture.sql`
    select count(*)::int as rows from message_words where conversation_id = ${of.key.conversationId} and seq > 0`;
  expect(words).toEqual({ rows: 20 });
});

test('a long conversation from before is indexed piece by piece', async () => {
  const of = await fixture.createConversation();
  for (let seq = 1; seq <= 3; seq += 1) await say(of, seq, `needle${seq}`);
  await untilIndexed();
  await fixture.sql`delete from message_words`;
  await fixture.sql`insert into messages (workspace_id, conversation_id, seq, id, channel_id, origin, author_name, note, text, revision)
    select workspace_id, conversation_id, 3 + n, gen_random_uuid(), channel_id, 'customer', 'C', false, 'piece' || n, 1
    from messages, generate_series(1, 600) n where conversation_id = ${of.key.conversationId} and seq = 1`;
  await fixture.sql`insert into search_queue (workspace_id, conversation_id, first_seq, last_seq)
    values (${of.key.workspaceId}, ${of.key.conversationId}, 0, 603)`;
  let looks = 0;
  while ((await indexWords(fixture.db)) > 0) looks += 1;
  expect(looks).toBe(4);
  expect(await found(of, 'needle1')).toEqual([of.key.conversationId]);
  expect(await found(of, 'piece600')).toEqual([of.key.conversationId]);
});

test('a customer who is called otherwise now is found by the new name only', async () => {
  const { key, channelId } = await fixture.createConversation();
  const opening = { workspaceId: key.workspaceId, channelId, customerExternalId: 'someone' };
  const of = await openConversation(fixture.sql, { ...opening, customerName: 'Rumpelstilz' });
  const place = { key: of!, agentId: '', channelId };
  await untilIndexed();
  expect(await found(place, 'rumpel')).toEqual([of!.conversationId]);
  await openConversation(fixture.sql, { ...opening, customerName: 'Goldilocks' });
  await untilIndexed();
  expect(await found(place, 'rumpel')).toEqual([]);
  expect(await found(place, 'goldi')).toEqual([of!.conversationId]);
});

test('a customer without a name is called by the end of its id, and found by that', async () => {
  const of = await fixture.createConversation();
  const [customer] = await fixture.sql<{ id: string; name: string }[]>`
    select p.id, p.name from customers p join conversations c on c.customer_id = p.id where c.id = ${of.key.conversationId}`;
  const sign = customer!.id.slice(-4);
  expect(customer!.name).toBe(`Customer ${sign.toUpperCase()}`);
  await untilIndexed();
  expect(await found(of, sign)).toEqual([of.key.conversationId]);
});

test('[SEE-5] words of one workspace are not found in another, even where their tags are the same', async () => {
  const [mine, other] = [await fixture.createConversation(), await fixture.createConversation()];
  await say(other, 1, 'confidential');
  await untilIndexed();
  const tag = tagOf(mine.key.workspaceId);
  await fixture.sql`update message_words set words = array_to_tsvector(array[${`${tag}confidential`}])
    where conversation_id = ${other.key.conversationId} and seq = 1`;
  expect(await found(mine, 'confidential')).toEqual([]);
});

test('searches rare words in the index and compares frequent words', async () => {
  const of = await fixture.createConversation();
  const tag = tagOf(of.key.workspaceId);
  const terms = [`${tag}parcel:*`, `${tag}silver:*`, `${tag}gone:*`];
  expect(await splitByFrequency(fixture.db, terms), 'nothing is known yet').toEqual({ asked: terms, compared: [] });

  const filler = await fixture.createConversation();
  await fixture.sql`insert into message_words (workspace_id, conversation_id, seq, words)
    select ${filler.key.workspaceId}::uuid, ${filler.key.conversationId}::uuid, n, array_to_tsvector(array[${`${tag}parcel`}::text])
    from generate_series(1, 5000) n`;
  await say(of, 1, 'The silver is gone');
  await say(of, 2, 'The silver parcel is gone');
  await untilIndexed();
  await fixture.sql`analyze message_words`;

  const [parcel, ...seldom] = terms;
  expect(await splitByFrequency(fixture.db, terms)).toEqual({ asked: seldom, compared: [parcel] });
  expect(await splitByFrequency(fixture.db, [parcel!])).toEqual({ asked: [parcel], compared: [] });
  expect(await found(of, 'gone parcels silver')).toEqual([]);
  expect(await found(of, 'gone parcel silver')).toEqual([of.key.conversationId]);
});

import type { Conversation, CustomerViewMessage, ListEntry, Message } from '@baton/protocol';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { type Company, found } from '../../http/api-fixture.ts';
import type { Client } from '../client.ts';
import {
  customerWrites,
  joinCustomer,
  joinTeam,
  type Live,
  meetCustomer,
  startLive,
  teammateWrites,
  textsOf,
  watch,
} from '../live.ts';

let live: Live;
let company: Company;
let foreign: Company;
let key: Awaited<ReturnType<typeof meetCustomer>>;
let clients: Client[];
beforeAll(async () => {
  live = await startLive();
  [company, foreign] = [await found(live), await found(live)];
  live.work({ send: async () => ({ kind: 'sent', providerId: null }) });
});
afterAll(() => live.close());
beforeEach(async () => {
  key = await meetCustomer(live, company);
  clients = [];
});
afterEach(() => clients.forEach((client) => client.socket.close()));

async function as(role: 'owner' | 'teammate', of = company, at = live): Promise<Client> {
  const client = await joinTeam(at, of.people[role].key);
  clients.push(client);
  return client;
}

async function customerOf(token: string): Promise<Client> {
  const client = await joinCustomer(live, token);
  clients.push(client);
  return client;
}

const isOf =
  ({ conversationId }: { conversationId: string }) =>
  (entries: ListEntry[]) =>
    entries.filter(({ id }) => id === conversationId).length === 1;

const is = (text: string) => (message: Message | CustomerViewMessage) => message.text === text;

test('[SEE-1] sends messages and state to every watching connection', async () => {
  const [ada, ben] = [await as('owner'), await as('teammate')];
  await watch(ada, key);
  await watch(ben, key);
  await customerWrites(live, key, 'hello');
  for (const client of [ada, ben]) {
    expect(await client.next<Message>('message', is('hello'))).toMatchObject({ author: { kind: 'customer' } });
    const waits = await client.next<Conversation>('conversation', (it) => it.waitingSince !== null);
    expect(waits).toMatchObject({ id: key.conversationId, state: 'agentActive', lastSeq: 1 });
  }
});

test('[SEE-5] sends nothing to sockets that stopped watching or belong to another workspace', async () => {
  const [watching, notWatching, former, stranger] = [
    await as('owner'),
    await as('owner'),
    await as('teammate'),
    await as('owner', foreign),
  ];
  await watch(watching, key);
  await watch(former, key);
  await former.ask('unwatch', { conversationId: key.conversationId });
  const refused = await stranger.ask('watch', { conversationId: key.conversationId });
  expect(refused).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  await customerWrites(live, key, 'between us');
  await watching.next<Message>('message', is('between us'));
  live.rounds.run(250);
  live.rounds.run(10_000);
  await watching.next<ListEntry[]>('list');
  await watching.next('heads');
  for (const client of [notWatching, former, stranger]) await client.settled();
  for (const event of ['message', 'conversation', 'heads']) {
    expect([event, notWatching.all(event), stranger.all(event)]).toEqual([event, [], []]);
  }
  expect(former.all<Message>('message')).toEqual([]);
  expect(stranger.all('list')).toEqual([]);
  expect(stranger.all('presence')).toEqual([]);
});

test('[SEE-1] sends the workspace one list frame with the latest of each conversation', async () => {
  const [ada, ben] = [await as('owner'), await as('teammate')];
  const second = await meetCustomer(live, company);
  for (const text of ['one', 'two', 'three']) await customerWrites(live, key, text);
  await customerWrites(live, second, 'x'.repeat(5_000));
  live.rounds.run(250);
  let told: ListEntry | undefined;
  for (const client of [ada, ben]) {
    // On a slow machine the agent may have answered in another conversation by now.
    const frame = await client.next<ListEntry[]>('list', (entries) => isOf(key)(entries) && isOf(second)(entries));
    const [first, other] = [key, second].map((of) => frame.find(({ id }) => id === of.conversationId));
    told = first;
    expect(first).toMatchObject({ lastSeq: 3, lastMessage: { text: 'three' }, status: 'open' });
    // A row shows one line.
    expect(other?.lastMessage?.text.length).toBeLessThan(400);
  }
  ada.forget();
  live.rounds.run(250);
  await ada.settled();
  expect(ada.all<ListEntry[]>('list').flat()).not.toContainEqual(told);
});

test('[SEE-1] sends a large team each list frame in slices, once', async () => {
  const team = await Promise.all(Array.from({ length: 40 }, () => as('teammate')));
  await customerWrites(live, key, 'to all of you');
  live.rounds.run(250);
  await Promise.race(team.map((client) => client.next<ListEntry[]>('list', isOf(key))));
  for (const client of team) await client.settled();
  const reached = () => team.filter((client) => client.all<ListEntry[]>('list').some(isOf(key))).length;
  expect(reached()).toBeLessThan(40);
  live.rounds.run(25);
  for (const client of team) await client.settled();
  expect(reached()).toBe(40);
  live.rounds.run(25);
  for (const client of team) await client.settled();
  expect(team.filter((client) => client.all<ListEntry[]>('list').filter(isOf(key)).length !== 1)).toEqual([]);
});

test('[SEE-6] sends delivery changes to watchers and lists', async () => {
  const client = await as('owner');
  await watch(client, key);
  await teammateWrites(live, key, company.people.owner, 'hi');
  const sent = await client.next<Message>('message', (message) => message.delivery === 'sent');
  live.rounds.run(250);
  const now = await client.next<Conversation>('conversation', ({ revision }) => revision >= sent.revision);
  expect(now.lastMessage).toMatchObject({ text: 'hi', delivery: 'sent' });
  await client.next<ListEntry[]>('list', (entries) => entries.some(({ revision }) => revision >= sent.revision));
});

test('[SEE-3] sends a returning client the messages written or changed since', async () => {
  const [away, there] = [await as('owner'), await as('teammate')];
  const before = await teammateWrites(live, key, company.people.owner, 'first');
  await watch(there, key);
  const left = await watch(away, key);
  away.socket.disconnect();
  await customerWrites(live, key, 'second');
  const back = await as('owner');
  const bySeq = await watch(back, key, { afterSeq: before.seq });
  expect(textsOf(bySeq.messages)).toEqual(['second']);
  expect(bySeq.conversation.lastSeq).toBe(2);
  const byRevision = await watch(back, key, { sinceRevision: left.conversation.revision });
  expect(textsOf(byRevision.messages)).toContain('second');
  expect(textsOf((await watch(back, key)).messages)).toEqual(['first', 'second']);
});

test('[SEE-3] sends the revisions of watched conversations as heads', async () => {
  const client = await as('owner');
  await watch(client, key);
  await customerWrites(live, key, 'hello');
  const { revision } = await client.next<Conversation>('conversation');
  live.rounds.run(10_000);
  const [head] = await client.next<{ conversationId: string; revision: number }[]>('heads');
  expect(head?.conversationId).toBe(key.conversationId);
  expect(head?.revision).toBeGreaterThanOrEqual(revision);
});

test('[SEE-1] finds commits of another node in the database, once', async () => {
  const other = await startLive({ beside: live });
  try {
    const client = await as('teammate', company, other);
    await watch(client, key);
    other.rounds.run(5_000);
    await customerWrites(live, key, 'to the other node');
    // A round reads the database unless the last one still does; the next list frame carries the result.
    const frame = await new Promise<ListEntry[]>((resolve) => {
      const look = setInterval(() => {
        other.rounds.run(5_000);
        other.rounds.run(250);
      }, 10);
      void client
        .next<ListEntry[]>('list', (entries) =>
          entries.some(({ lastMessage }) => lastMessage?.text === 'to the other node'),
        )
        .then((entries) => {
          clearInterval(look);
          resolve(entries);
        });
    });
    expect(frame.find(({ id }) => id === key.conversationId)).toMatchObject({ lastSeq: 1 });
    await client.next<Conversation>('conversation', ({ lastSeq }) => lastSeq === 1);
  } finally {
    clients.splice(0).forEach((client) => client.socket.close());
    await other.close();
  }
});

test('sends a customer their own and outgoing messages, and nothing else', async () => {
  const [customer, tab] = [await customerOf(key.token), await customerOf(key.token)];
  const someoneElse = await customerOf((await meetCustomer(live, company)).token);
  const mine = await customer.ask<{ message: CustomerViewMessage }>('message', { text: 'mine', clientMessageId: 'a' });
  expect(mine).toMatchObject({ ok: true, message: { text: 'mine', clientMessageId: 'a' } });
  await teammateWrites(live, key, company.people.owner, 'a note', true);
  await teammateWrites(live, key, company.people.owner, 'an answer');
  for (const client of [customer, tab]) {
    await client.next<CustomerViewMessage>('message', is('an answer'));
    expect(textsOf(client.all<CustomerViewMessage>('message'))).toEqual(['mine', 'an answer']);
  }
  expect(JSON.stringify(tab.received)).not.toContain(company.people.owner.id);
  await someoneElse.settled();
  expect(someoneElse.all('message')).toEqual([]);
  const history = await tab.ask<{ messages: CustomerViewMessage[] }>('history', {});
  expect(history.ok && textsOf(history.messages)).toEqual(['mine', 'an answer']);
});

test('[SEND-6] stores a repeated customer message once, with the same answer', async () => {
  const customer = await customerOf(key.token);
  const send = () => customer.ask('message', { text: 'once', clientMessageId: 'same' });
  const [first, second] = [await send(), await send()];
  expect(second).toEqual(first);
  const watcher = await as('owner');
  expect(textsOf((await watch(watcher, key)).messages)).toEqual(['once']);
});

import type { Conversation, CustomerViewMessage, ListEntry, Message, Presence, ReadMarker } from '@baton/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Company, found } from '../http/api-fixture.ts';
import { Hub } from './hub.ts';
import { MAX_SILENT_ROUNDS } from '../../src/cluster/peers.ts';
import type { Client } from '../realtime/client.ts';
import {
  joinCustomer,
  joinTeam,
  type Live,
  meetCustomer,
  startLive,
  teammateWrites,
  textsOf,
  watch,
} from '../realtime/live.ts';

let hub: Hub;
let near: Live;
let far: Live;
let company: Company;
let key: Awaited<ReturnType<typeof meetCustomer>>;
let clients: Client[];
beforeAll(async () => {
  hub = new Hub();
  near = await startLive({ hub });
  far = await startLive({ beside: near, hub });
  company = await found(near);
});
afterAll(async () => {
  await far.close();
  await near.close();
});
beforeEach(async () => {
  key = await meetCustomer(near, company);
  clients = [];
});
afterEach(() => {
  hub.lose(false);
  for (const client of clients) client.socket.close();
});

async function as(role: 'owner' | 'teammate', at: Live): Promise<Client> {
  const client = await joinTeam(at, company.people[role].key);
  clients.push(client);
  return client;
}

async function customerAt(node: Live): Promise<Client> {
  const client = await joinCustomer(node, key.token);
  clients.push(client);
  return client;
}

const writes = (text: string) => teammateWrites(near, key, company.people.owner, text);
const is = (text: string) => (message: Message | CustomerViewMessage) => message.text === text;
const named = (presence: Presence) => presence.people.map(({ name, typing, idle }) => ({ name, typing, idle }));
test('[SEE-1] sends a commit to both nodes at once, and to no list twice', async () => {
  const [here, there] = [await as('owner', near), await as('teammate', far)];
  await watch(here, key);
  await watch(there, key);
  await writes('to all');
  for (const [client, node] of [
    [here, near],
    [there, far],
  ] as const) {
    await client.next<Message>('message', is('to all'));
    await client.next<Conversation>('conversation', ({ lastSeq }) => lastSeq === 1);
    node.rounds.run(250);
    await client.next<ListEntry[]>('list', (entries) => entries.some(({ id }) => id === key.conversationId));
    client.forget();
    // The repair finds nothing that was not sent.
    node.rounds.run(5_000);
    await client.settled();
    node.rounds.run(250);
    await client.settled();
    expect(client.all('list')).toEqual([]);
  }
});

test('[SEE-3] does not repair a change that waits for the next list frame', async () => {
  const [here, there] = [await as('owner', near), await as('teammate', far)];
  await watch(here, key);
  await watch(there, key);
  await writes('waits for the list');
  for (const [client, node] of [
    [here, near],
    [there, far],
  ] as const) {
    await client.next<Conversation>('conversation', ({ lastSeq }) => lastSeq === 1);
    node.rounds.run(5_000);
    // Takes more database reads than the repair, so the repair has ended by then.
    await watch(client, key);
    node.rounds.run(250);
    await client.next<ListEntry[]>('list', (entries) => entries.some(({ id }) => id === key.conversationId));
    expect(client.all('conversation').length).toBe(1);
  }
});

test('[SEE-3] repairs lost cluster messages from the database for lists, watchers and customers', async () => {
  const there = await as('teammate', far);
  await watch(there, key);
  const customer = await customerAt(far);
  hub.lose(true);
  await writes('lost on the way');
  near.work({ send: async () => ({ kind: 'sent', providerId: null }) });
  await expect.poll(() => stored('sent')).toBe(true);
  hub.lose(false);
  expect(textsOf(customer.all('message'))).toEqual([]);
  far.rounds.run(5_000);
  await customer.next<CustomerViewMessage>('message', is('lost on the way'));
  await expect.poll(() => (far.rounds.run(250), there.all('list').length)).toBeGreaterThan(0);
  await there.next<Conversation>('conversation', ({ lastSeq }) => lastSeq === 1);
});

async function stored(delivery: string): Promise<boolean> {
  const client = await as('owner', near);
  const { messages } = await watch(client, key);
  return messages.some((message) => message.delivery === delivery);
}

test('[HOLD-14] merges presence, typing and idle states of all nodes until one falls silent', async () => {
  const [here, there] = [await as('owner', near), await as('teammate', far)];
  await watch(here, key);
  await watch(there, key);
  const { owner, teammate } = company.people;
  const seen = (typing: boolean, idle: boolean) => [
    { name: owner.name, typing: false, idle: false },
    { name: teammate.name, typing, idle },
  ];
  const shows = (expected: ReturnType<typeof seen>) =>
    here.next<Presence>('presence', (presence) => {
      const people = named(presence).sort((a, b) => a.name.localeCompare(b.name));
      return JSON.stringify(people) === JSON.stringify(expected);
    });
  await shows(seen(false, false));
  await there.ask('typing', { conversationId: key.conversationId, typing: true });
  await shows(seen(true, false));
  await there.ask('typing', { conversationId: key.conversationId, typing: false });
  await there.ask('idle', { idle: true });
  await shows(seen(false, true));
  here.forget();
  for (let round = 0; round <= MAX_SILENT_ROUNDS; round += 1) near.rounds.run(1_000);
  await shows([{ name: owner.name, typing: false, idle: false }]);
  // After its next heartbeat the node is asked for a snapshot.
  here.forget();
  far.rounds.run(1_000);
  await expect.poll(() => (far.rounds.run(250), here.all<Presence>('presence').map(named).at(-1)?.length)).toBe(2);
});

test('sends read markers to browsers on other nodes', async () => {
  const there = await as('owner', far);
  await there.settled();
  const { id } = company.people.owner;
  near.deps.updates.read(
    { workspaceId: company.workspaceId, teammateId: id },
    { conversationId: key.conversationId, seq: 7 },
  );
  expect(await there.next<ReadMarker>('read')).toEqual({ conversationId: key.conversationId, seq: 7 });
});

test('[SEE-4] shows customers the typing agent of another node, also after a reconnect', async () => {
  const customer = await customerAt(far);
  near.setReplyingAgent(key, 'Robin');
  await customer.next(
    'typing',
    ({ from, typing }: { from: { name: string }; typing: boolean }) => typing && from.name === 'Robin',
  );
  const again = await customerAt(far);
  await again.next('typing', ({ typing }: { typing: boolean }) => typing);
  near.setReplyingAgent(key, null);
  for (const client of [customer, again]) await client.next('typing', ({ typing }: { typing: boolean }) => !typing);
});

test('evicts an actor after a commit on another node, if the message arrives', async () => {
  const owner = company.people.owner;
  await teammateWrites(far, key, owner, 'first, over there');
  const kept = far.engine.runtime.actors;
  hub.lose(true);
  await writes('nobody hears this');
  expect(far.engine.runtime.actors).toBe(kept);
  hub.lose(false);
  await writes('everybody hears this');
  await expect.poll(() => far.engine.runtime.actors).toBe(kept - 1);
  await teammateWrites(far, key, owner, 'and it goes on over there');
});

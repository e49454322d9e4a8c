import type { Conversation, Presence } from '@baton/protocol';
import { LOST_CONNECTION_MS } from '@baton/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Company, ask, found } from '../../http/api-fixture.ts';
import type { Client } from '../client.ts';
import {
  customerWrites,
  joinCustomer,
  joinTeam,
  type Live,
  meetCustomer,
  startLive,
  teammateWrites,
  watch,
} from '../live.ts';

let live: Live;
let company: Company;
let key: Awaited<ReturnType<typeof meetCustomer>>;
let ada: Client;
let ben: Client;
beforeEach(async () => {
  live = await startLive();
  company = await found(live);
  key = await meetCustomer(live, company);
  [ada, ben] = [await joinTeam(live, company.people.owner.key), await joinTeam(live, company.people.teammate.key)];
  await watch(ada, key);
  await watch(ben, key);
});
afterEach(async () => {
  ada.socket.close();
  ben.socket.close();
  await live.close();
});

const types = (client: Client, typing: boolean, more = {}) =>
  client.ask('typing', { conversationId: key.conversationId, typing, ...more });
const isIn = (state: Conversation['state']) => (conversation: Conversation) => conversation.state === state;
const stateNow = async (client: Client) => (await watch(client, key)).conversation.state;
const typists = ({ people }: Presence) => people.filter(({ typing }) => typing).map(({ name }) => name);

test('[HOLD-3] [SEE-1] takes the conversation at the first keystroke, and shows watchers the writer', async () => {
  expect(await types(ada, true)).toEqual({ ok: true });
  const { holder } = await ben.next<Conversation>('conversation', isIn('humanActive'));
  const { id, name } = company.people.owner;
  expect(holder).toEqual({ kind: 'teammates', teammates: [{ id, name }] });
  await ben.next<Presence>('presence', (presence) => typists(presence).includes(name));
});

test('[HOLD-4] ends the lease on an emptied composer, a note, or leaving the conversation', async () => {
  await types(ada, true);
  await types(ada, false);
  expect(await stateNow(ben)).toBe('agentActive');

  await types(ada, true);
  await types(ada, true, { note: true });
  expect(await stateNow(ben)).toBe('agentActive');

  await types(ada, true);
  await ada.ask('unwatch', { conversationId: key.conversationId });
  expect(await stateNow(ben)).toBe('agentActive');
});

test('[HOLD-4] ends the lease 3 s after a lost connection, and not before', async () => {
  await types(ada, true);
  await ben.next<Conversation>('conversation', isIn('humanActive'));
  ben.forget();
  ada.socket.disconnect();
  // Her presence ends at once; she still holds the conversation.
  await ben.next<Presence>('presence', ({ people }) => people.length === 1);
  expect(live.scheduler.waits).toContain(LOST_CONNECTION_MS);
  expect(await stateNow(ben)).toBe('humanActive');
  live.scheduler.pass(LOST_CONNECTION_MS);
  await ben.next<Conversation>('conversation', isIn('agentActive'));
});

test('[HOLD-14] shows two writers each other, and ends each lease separately', async () => {
  await types(ada, true);
  await types(ben, true);
  const both = await ada.next<Conversation>(
    'conversation',
    ({ holder }) => holder.kind === 'teammates' && holder.teammates.length === 2,
  );
  expect(both.state).toBe('humanActive');
  await types(ada, false);
  expect(await stateNow(ben)).toBe('humanActive');
});

test('shows the team a note as typing, without taking the conversation', async () => {
  await types(ada, true, { note: true });
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 1);
  expect(await stateNow(ben)).toBe('agentActive');
});

test('ends typing when a teammate sends', async () => {
  await types(ada, true);
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 1);
  ben.forget();
  await ask(live, `POST /api/v1/conversations/${key.conversationId}/messages`, {
    bearer: company.people.owner.key,
    body: { text: 'sent', clientMessageId: 'sent', force: true },
  });
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 0);
});

test('shows the team when a customer connects, types and leaves', async () => {
  const customer = await joinCustomer(live, key.token);
  const zoe = (typing: boolean) => (presence: Presence) =>
    presence.people.some((person) => person.kind === 'customer' && person.name === 'Zoe' && person.typing === typing);
  await ben.next<Presence>('presence', zoe(false));
  await customer.ask('typing', { typing: true });
  await ben.next<Presence>('presence', zoe(true));
  ben.forget();
  await customer.ask('message', { text: 'hello', clientMessageId: 'a' });
  await ben.next<Presence>('presence', zoe(false));
  customer.socket.close();
  await ben.next<Presence>('presence', ({ people }) => people.every(({ kind }) => kind === 'teammate'));
});

interface Typing {
  from: { kind: string; name: string };
  typing: boolean;
}

test('[SEE-4] shows a customer the typing holder, and never a note', async () => {
  const customer = await joinCustomer(live, key.token);
  await types(ada, true, { note: true });
  await customer.settled();
  expect(customer.all('typing')).toEqual([]);
  await types(ada, true);
  const { from } = await customer.next<Typing>('typing', ({ typing }) => typing);
  expect(from).toEqual({ kind: 'teammate', name: company.people.owner.name });
  await types(ada, true, { note: true });
  await customer.next<Typing>('typing', ({ typing }) => !typing);
  customer.socket.close();
});

test('[SEE-4] shows a customer the typing agent only while it holds and replies', async () => {
  const customer = await joinCustomer(live, key.token);
  await customerWrites(live, key, 'hello?');
  live.setReplyingAgent(key, 'Robot');
  await customer.next<Typing>('typing', ({ from, typing }) => typing && from.kind === 'agent');
  await types(ada, true);
  await customer.next<Typing>('typing', ({ from, typing }) => !typing && from.kind === 'agent');
  await customer.next<Typing>('typing', ({ from, typing }) => typing && from.kind === 'teammate');
  customer.socket.close();
});

test('[SEE-4] shows typing teammates if the team holds, and none if the agent holds', async () => {
  const { status } = await ask(live, `PUT /api/v1/agents/${company.agentId}/human-interaction-rules`, {
    bearer: company.people.owner.key,
    body: { muteWhenHumanActive: false },
  });
  expect(status).toBe(200);
  const customer = await joinCustomer(live, key.token);
  await types(ada, true);
  expect(await stateNow(ben)).toBe('agentActive');
  await customer.settled();
  expect(customer.all('typing')).toEqual([]);
  await ask(live, `PUT /api/v1/conversations/${key.conversationId}/agent-replies`, {
    bearer: company.people.teammate.key,
    body: { enabled: false },
  });
  await customer.next<Typing>('typing', ({ typing }) => typing);
  await teammateWrites(live, key, company.people.owner, 'there');
  await customer.next<Typing>('typing', ({ typing }) => !typing);
  customer.socket.close();
});

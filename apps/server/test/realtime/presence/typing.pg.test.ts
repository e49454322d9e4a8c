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

test('[HOLD-3] [SEE-1] the first keystroke takes the conversation, and everyone who watches sees who writes', async () => {
  expect(await types(ada, true)).toEqual({ ok: true });
  const { holder } = await ben.next<Conversation>('conversation', isIn('humanActive'));
  const { id, name } = company.people.owner;
  expect(holder).toEqual({ kind: 'teammates', teammates: [{ id, name }] });
  await ben.next<Presence>('presence', (presence) => typists(presence).includes(name));
});

test('[HOLD-4] an emptied composer, a turn to a note, and leaving the conversation end the lease at once', async () => {
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

test('[HOLD-4] a lost connection ends the lease three seconds later, and not before', async () => {
  await types(ada, true);
  await ben.next<Conversation>('conversation', isIn('humanActive'));
  ben.forget();
  ada.socket.disconnect();
  // Her seat is empty at once; the conversation is still hers.
  await ben.next<Presence>('presence', ({ people }) => people.length === 1);
  expect(live.scheduler.waits).toContain(LOST_CONNECTION_MS);
  expect(await stateNow(ben)).toBe('humanActive');
  live.scheduler.pass(LOST_CONNECTION_MS);
  await ben.next<Conversation>('conversation', isIn('agentActive'));
});

test('[HOLD-14] while two write each sees the other, and one who stops does not end the other', async () => {
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

test('a note is seen by the team as typing, and changes nothing', async () => {
  await types(ada, true, { note: true });
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 1);
  expect(await stateNow(ben)).toBe('agentActive');
});

test('who sends writes no more', async () => {
  await types(ada, true);
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 1);
  ben.forget();
  await ask(live, `POST /api/v1/conversations/${key.conversationId}/messages`, {
    bearer: company.people.owner.key,
    body: { text: 'sent', clientMessageId: 'sent', force: true },
  });
  await ben.next<Presence>('presence', (presence) => typists(presence).length === 0);
});

test('the team sees a customer come, write, and go', async () => {
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

test('[SEE-4] a customer sees a teammate type who holds, and never a note', async () => {
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

test('[SEE-4] a customer sees the agent type while it holds and makes a reply, and not a moment longer', async () => {
  const customer = await joinCustomer(live, key.token);
  await customerWrites(live, key, 'hello?');
  live.agentReplies(key, 'Robot');
  await customer.next<Typing>('typing', ({ from, typing }) => typing && from.kind === 'agent');
  await types(ada, true);
  await customer.next<Typing>('typing', ({ from, typing }) => !typing && from.kind === 'agent');
  await customer.next<Typing>('typing', ({ from, typing }) => typing && from.kind === 'teammate');
  customer.socket.close();
});

test('[SEE-4] where the team holds, whoever of it writes is seen; where the agent holds, nobody of the team', async () => {
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

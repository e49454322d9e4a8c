import { once } from 'node:events';
import { MAX_TEXT_CHARACTERS, type Problem } from '@baton/protocol';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Company, found } from '../../http/api-fixture.ts';
import { type Client, disconnected } from '../client.ts';
import { joinCustomer, joinTeam, type Live, meetCustomer, startLive, watch } from '../live.ts';

let live: Live;
let company: Company;
let client: Client;
beforeAll(async () => {
  live = await startLive();
  company = await found(live);
  client = await joinTeam(live, company.people.teammate.key);
});
afterAll(async () => {
  client.socket.close();
  await live.close();
});

async function problemOf(asking: Client, event: string, body?: unknown): Promise<Problem> {
  const answer = await asking.ask(event, body);
  if (answer.ok) throw new Error(`${event} was not rejected`);
  return answer.problem;
}

test.each([['delete everything'], ['toString'], ['__proto__'], ['error'], ['']])(
  'answers the unknown event %j and keeps the connection',
  async (event) => {
    expect(await problemOf(client, event, {})).toMatchObject({ code: 'unknown_event', status: 422 });
    expect(client.socket.connected).toBe(true);
  },
);

test.each<[string, unknown, string]>([
  ['watch', undefined, ''],
  ['watch', 'conversation', ''],
  ['watch', { conversationId: 7 }, 'conversationId'],
  ['watch', { conversationId: { $ne: null } }, 'conversationId'],
  ['watch', { conversationId: 'not an id' }, 'conversationId'],
  ['watch', { conversationId: v7(), afterSeq: -1 }, 'afterSeq'],
  ['watch', { conversationId: v7(), afterSeq: 0.5 }, 'afterSeq'],
  ['typing', { conversationId: v7(), typing: 'yes' }, 'typing'],
  ['typing', Buffer.from('bytes'), ''],
  ['unwatch', { conversationId: v7(), and: 'more' }, ''],
])('answers %s with the invalid body %j by naming the field', async (event, body, path) => {
  const problem = await problemOf(client, event, body);
  expect(problem.code).toBe('invalid');
  expect(problem.errors?.map((error) => error.path)).toContain(path);
});

test('survives invalid events without an acknowledgement', async () => {
  client.socket.emit('delete everything');
  client.socket.emit('watch', null);
  await client.settled();
  expect(client.socket.connected).toBe(true);
});

test('answers `not_found` for an unknown conversation', async () => {
  expect(await problemOf(client, 'watch', { conversationId: v7() })).toMatchObject({ code: 'not_found' });
  expect(await problemOf(client, 'typing', { conversationId: v7(), typing: true })).toMatchObject({
    code: 'not_found',
  });
});

test.each([
  ['text that is empty', { text: ' ', clientMessageId: 'a' }, 'text'],
  ['text that is too long', { text: 'x'.repeat(MAX_TEXT_CHARACTERS + 1), clientMessageId: 'a' }, 'text'],
  ['text with NUL', { text: 'a\u0000b', clientMessageId: 'a' }, 'text'],
  ['an object for text', { text: { a: 1 }, clientMessageId: 'a' }, 'text'],
  ['an id that is too long', { text: 'hi', clientMessageId: 'é'.repeat(101) }, 'clientMessageId'],
  ['no id', { text: 'hi' }, 'clientMessageId'],
])("rejects a customer's message with %s", async (_, body, path) => {
  const customer = await joinCustomer(live, (await meetCustomer(live, company)).token);
  const problem = await problemOf(customer, 'message', body);
  expect(problem).toMatchObject({ code: 'invalid', errors: [{ path }] });
  customer.socket.close();
});

test('answers `rate_limited` to too many events and keeps the connection', async () => {
  const visitor = await meetCustomer(live, company);
  const customer = await joinCustomer(live, visitor.token);
  const answers = await Promise.all(Array.from({ length: 80 }, () => customer.ask('typing', { typing: true })));
  const rejected = answers.filter((answer) => !answer.ok && answer.problem.code === 'rate_limited');
  // The bucket allows 20 at once and 2 per second.
  expect(rejected.length).toBeGreaterThan(10);
  expect(rejected.length).toBeLessThanOrEqual(60);
  expect(customer.socket.connected).toBe(true);
  customer.socket.close();
});

test('limits a connection to 50 watched conversations', async () => {
  const watcher = await joinTeam(live, company.people.owner.key);
  const keys = [];
  for (let made = 0; made < 51; made += 1) keys.push(await meetCustomer(live, company));
  for (const key of keys.slice(0, 50)) await watch(watcher, key);
  const [last] = keys.slice(50);
  expect(await problemOf(watcher, 'watch', { conversationId: last?.conversationId })).toMatchObject({
    code: 'rate_limited',
  });
  watcher.socket.close();
});

test('closes only the connection that sent an oversized frame', async () => {
  const large = await joinTeam(live, company.people.teammate.key);
  large.socket.emit('watch', { conversationId: 'x'.repeat(70_000) });
  expect(await disconnected(large)).toMatch(/transport/);
  await client.settled();
});

/** Opens a bare WebSocket, joins the namespace and sends one packet. On return the server has read it. */
async function sendRaw(path: string, join: string, packet: string | Uint8Array): Promise<void> {
  const socket = new WebSocket(`${live.url.replace('http', 'ws')}${path}?EIO=4&transport=websocket`);
  await once(socket, 'message');
  socket.send(join);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  socket.send(packet);
  socket.close();
  await closed;
}

test.each([
  ['40/team,{not json'],
  ['42/team,["watch"'],
  ['42/team,"watch"'],
  ['42/team,[]'],
  ['42/team,[null]'],
  ['42/team,["disconnect"]'],
  ['42/team,["watch",{"conversationId":"x"}]'],
  ['452147483647-/team,["watch",{"_placeholder":true,"num":0}]'],
  ['451-["watch",{"_placeholder":true,"num":7}]'],
  ['4'],
  ['49/team,'],
  ['7'],
  ['\u0000'],
  [new Uint8Array([0, 1, 2, 255])],
])('isolates the broken packet %j from other connections', async (packet) => {
  const { token } = await meetCustomer(live, company);
  await sendRaw('/socket.io/', `40/team,${JSON.stringify({ token: company.people.teammate.key })}`, packet);
  await sendRaw('/chat.io/', `40/customer,${JSON.stringify({ token })}`, packet);
  await client.settled();
  expect(client.socket.connected).toBe(true);
});

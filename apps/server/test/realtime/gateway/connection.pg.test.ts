import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Company, found } from '../../http/api-fixture.ts';
import { connect, rejectionOf } from '../client.ts';
import { joinCustomer, joinTeam, type Live, meetCustomer, signIn, startLive } from '../live.ts';

let live: Live;
let company: Company;
beforeAll(async () => {
  live = await startLive();
  company = await found(live);
});
afterAll(() => live.close());

const team = (options: object) => connect(`${live.url}/team`, { path: '/socket.io', ...options });
const customer = (options: object) => connect(`${live.url}/customer`, { path: '/chat.io', ...options });

test("an API key opens the inbox and gets the server's clock", async () => {
  const client = await joinTeam(live, company.people.teammate.key);
  expect(Math.abs((await client.next<number>('clock')) - Date.now())).toBeLessThan(60_000);
  client.socket.close();
});

test('the session of a browser opens it too, from our own pages', async () => {
  const cookie = await signIn(live, company.people.teammate.email);
  const client = await team({ extraHeaders: { cookie, origin: live.url } });
  expect(client.socket.connected).toBe(true);
  client.socket.close();
});

test.each([
  ['nothing', {}],
  ['an unknown key', { auth: { token: 'unknown' } }],
  ['an empty key', { auth: { token: '' } }],
  ['a key that no header can carry', { auth: { token: 'a\nb' } }],
  ['an object for a key', { auth: { token: { length: 3 } } }],
  ['a list for a key', { auth: { token: ['x'] } }],
  ['an unknown cookie', { extraHeaders: { cookie: 'baton.session_token=abc.def' } }],
])('with %s nobody gets in', async (_, options) => {
  expect(await rejectionOf(team(options))).toBe('unauthenticated');
  expect(await rejectionOf(customer(options))).toBe('unauthenticated');
});

test('a page of another origin cannot use the session of a browser', async () => {
  const cookie = await signIn(live, company.people.teammate.email);
  for (const origin of ['https://evil.example', 'null', live.url.replace('127.0.0.1', '127.0.0.1.evil.example')]) {
    expect(await rejectionOf(team({ extraHeaders: { cookie, origin } }))).toBe('websocket error');
  }
});

test('there is no way in but WebSocket', async () => {
  for (const path of ['/socket.io/?EIO=4&transport=polling', '/chat.io/?EIO=4&transport=polling']) {
    expect((await fetch(live.url + path)).status).toBe(400);
  }
});

test('[SEE-5] a token of one door opens no other', async () => {
  const visitor = await meetCustomer(live, company);
  expect(await rejectionOf(joinTeam(live, visitor.token))).toBe('unauthenticated');
  expect(await rejectionOf(joinCustomer(live, company.people.owner.key))).toBe('unauthenticated');
  expect(await rejectionOf(connect(`${live.url}/customer`, { path: '/socket.io' }))).toBe('Invalid namespace');
});

test("[SEE-5] a visitor's token that we did not sign, or altered, opens nothing", async () => {
  const { token } = await meetCustomer(live, company);
  const other = await meetCustomer(live, company);
  const [payload, signature] = token.split('.');
  for (const forged of [
    `${payload}.`,
    `${payload}.${other.token.split('.')[1]}`,
    `${other.token.split('.')[0]}.${signature}`,
  ]) {
    expect(await rejectionOf(joinCustomer(live, forged))).toBe('unauthenticated');
  }
});

test('a chat opens in pages that its channel allows, in our own, and in no others', async () => {
  const { token } = await meetCustomer(live, company);
  const from = (origin: string) => rejectionOf(customer({ auth: { token }, extraHeaders: { origin } }));
  expect(await from(live.url)).toBe('connected');
  expect(await from('https://shop.example')).toBe('bad_origin');
  const settings = { allowedOrigins: ['https://shop.example'] };
  const changed = await ask(live, `PATCH /api/v1/channels/${company.webchat.id}`, {
    bearer: company.people.owner.key,
    body: { settings },
  });
  expect(changed.status).toBe(200);
  expect(await from('https://shop.example')).toBe('connected');
  expect(await from('https://shop.example.evil.example')).toBe('bad_origin');
});

test('a channel that was closed opens no chats any more', async () => {
  const other = await found(live);
  const { token } = await meetCustomer(live, other);
  await ask(live, `DELETE /api/v1/channels/${other.webchat.id}`, { bearer: other.people.owner.key });
  expect(await rejectionOf(joinCustomer(live, token))).toBe('unauthenticated');
});

import { revokeApiKey } from '@baton/database/queries/api-keys';
import { disableChannel } from '@baton/database/queries/channels';
import { changeRole, revokeTeammate } from '@baton/database/queries/teammates';
import type { Message } from '@baton/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, type Company, found } from '../../http/api-fixture.ts';
import { type Client, connect, disconnected } from '../client.ts';
import { customerWrites, joinCustomer, joinTeam, type Live, meetCustomer, signIn, startLive, watch } from '../live.ts';

/** The round in which connections are looked at: half of what SEE-5 allows. */
const LOOK_MS = 500;

let live: Live;
let company: Company;
let key: Awaited<ReturnType<typeof meetCustomer>>;
let owner: Client;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live.close());
beforeEach(async () => {
  company = await found(live);
  key = await meetCustomer(live, company);
  owner = await joinTeam(live, company.people.owner.key);
  await watch(owner, key);
});

async function withCookie(cookie: string): Promise<Client> {
  const client = await connect(`${live.url}/team`, { path: '/socket.io', extraHeaders: { cookie } });
  await watch(client, key);
  return client;
}

/** After one look the one who lost access is gone, has seen nothing since, and the others are still there. */
async function expectGone(client: Client): Promise<void> {
  const gone = disconnected(client);
  live.rounds.run(LOOK_MS);
  // The server says goodbye: the client need not try again.
  expect(await gone).toBe('io server disconnect');
  client.forget();
  await customerWrites(live, key, 'after that');
  await owner.next<Message>('message', ({ text }) => text === 'after that');
  expect(client.received).toEqual([]);
  owner.socket.close();
}

test('[SEE-5] signing out ends the connections of that session, and of no other', async () => {
  const { email } = company.people.teammate;
  const [here, elsewhere] = [await signIn(live, email), await signIn(live, email)];
  const [first, second, other] = [await withCookie(here), await withCookie(here), await withCookie(elsewhere)];
  await ask(live, 'POST /api/auth/sign-out', { headers: { cookie: here, origin: live.url }, body: {} });
  const gone = disconnected(second);
  await expectGone(first);
  expect(await gone).toBe('io server disconnect');
  await other.settled();
  expect(other.socket.connected).toBe(true);
  other.socket.close();
});

test('[SEE-5] a changed password ends the sessions that the old one opened', async () => {
  const { email } = company.people.teammate;
  const [changing, stolen] = [await signIn(live, email), await signIn(live, email)];
  const thief = await withCookie(stolen);
  const changed = await ask(live, 'POST /api/auth/change-password', {
    headers: { cookie: changing, origin: live.url },
    body: { currentPassword: 'correct horse battery', newPassword: 'battery staple correct' },
  });
  expect(changed.status).toBe(200);
  await expectGone(thief);
});

test('[SEE-5] a revoked API key ends its connections', async () => {
  const { teammate } = company.people;
  const client = await joinTeam(live, teammate.key);
  await watch(client, key);
  const caller = await live.deps.auth.authenticate(new Headers({ authorization: `Bearer ${teammate.key}` }));
  if (caller?.via !== 'apiKey') throw new Error('not by key');
  await revokeApiKey(live.deps.db, company.workspaceId, caller.apiKeyId);
  await expectGone(client);
});

test('[SEE-5] who is no teammate any more is gone, by key and by session', async () => {
  const { supervisor } = company.people;
  const [byKey, bySession] = [
    await joinTeam(live, supervisor.key),
    await withCookie(await signIn(live, supervisor.email)),
  ];
  await watch(byKey, key);
  await live.deps.db.transaction((tx) => revokeTeammate(tx, company.workspaceId, supervisor.id));
  const gone = disconnected(bySession);
  await expectGone(byKey);
  expect(await gone).toBe('io server disconnect');
});

test('[SEE-5] a channel that is closed ends its chats, and no others', async () => {
  const other = await found(live);
  const [stays, goes] = [
    await joinCustomer(live, key.token),
    await joinCustomer(live, (await meetCustomer(live, other)).token),
  ];
  await live.deps.db.transaction((tx) => disableChannel(tx, other.workspaceId, other.webchat.id));
  const gone = disconnected(goes);
  live.rounds.run(LOOK_MS);
  expect(await gone).toBe('io server disconnect');
  await stays.settled();
  stays.socket.close();
  owner.socket.close();
});

test('a new role is no reason to go', async () => {
  const { supervisor } = company.people;
  const client = await joinTeam(live, supervisor.key);
  await live.deps.db.transaction((tx) => changeRole(tx, company.workspaceId, supervisor.id, 'teammate'));
  live.rounds.run(LOOK_MS);
  await watch(client, key);
  expect(client.socket.connected).toBe(true);
  client.socket.close();
  owner.socket.close();
});

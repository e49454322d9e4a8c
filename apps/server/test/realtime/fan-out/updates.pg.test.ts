import type { AgentPause, ListEntry, Presence } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Company, found } from '../../http/api-fixture.ts';
import { customerWrites, joinTeam, type Live, meetCustomer, startLive, watch } from '../live.ts';

let live: Live;
let acme: Company;
beforeAll(async () => {
  live = await startLive();
  acme = await found(live);
});
afterAll(() => live.close());

const call = (route: string, bearer: string, body?: unknown) =>
  ask(live, route.replace(' /', ' /api/v1/'), { bearer, body });

test('sends read markers only to other browsers of the reader', async () => {
  const { teammate, supervisor } = acme.people;
  const key = await meetCustomer(live, acme);
  for (const text of ['One', 'Two', 'Three']) await customerWrites(live, key, text);
  const clients = await Promise.all([teammate, teammate, supervisor].map(({ key: token }) => joinTeam(live, token)));
  const [desk, phone, other] = clients;
  expect((await watch(desk!, key)).conversation).toMatchObject({ unread: 3, readSeq: 0 });

  const path = `PUT /conversations/${key.conversationId}/read`;
  expect((await call(path, teammate.key, { seq: 2 })).status).toBe(204);
  const marker = { conversationId: key.conversationId, seq: 2 };
  expect(await phone!.next('read')).toEqual(marker);
  expect(await desk!.next('read')).toEqual(marker);
  expect((await watch(phone!, key)).conversation).toMatchObject({ unread: 1, readSeq: 2 });
  // An older marker has no effect, and the current one is sent again.
  await call(path, teammate.key, { seq: 1 });
  await desk!.settled();
  expect(desk!.all('read')).toEqual([marker, marker]);
  await other!.settled();
  expect(other!.all('read')).toEqual([]);
  expect((await watch(other!, key)).conversation).toMatchObject({ unread: 3, readSeq: 0 });
  for (const client of clients) client.socket.close();
});

test('[HOLD-18] [SEE-2] sends a pause and its end to the workspace, with its author', async () => {
  const { supervisor, teammate } = acme.people;
  const stranger = await joinTeam(live, (await found(live)).people.owner.key);
  const ben = await joinTeam(live, teammate.key);
  const known = await ben.next<AgentPause[]>('agents');
  expect(known).toEqual([{ id: acme.agentId, version: expect.any(Number), paused: false, pausedBy: null }]);

  const path = `PATCH /agents/${acme.agentId}`;
  await call(path, supervisor.key, { paused: true });
  const isPaused = (changed: AgentPause[]) => changed[0]?.paused === true;
  const pausedBy = { id: supervisor.id, name: supervisor.name };
  const [paused] = await ben.next('agents', isPaused);
  expect(paused).toEqual({ id: acme.agentId, version: known[0]!.version + 1, paused: true, pausedBy });

  const late = await joinTeam(live, teammate.key);
  expect(await late.next('agents')).toEqual([paused]);
  // Changes of conversations during the pause name its author too.
  const key = await meetCustomer(live, acme);
  await customerWrites(live, key, 'Hello');
  live.rounds.run(250);
  const named = ({ id }: ListEntry) => id === key.conversationId;
  const entries = await ben.next<ListEntry[]>('list', (list) => list.some(named));
  expect(entries.find(named)).toMatchObject({ reason: 'agentPaused', reasonBy: pausedBy });
  expect((await call(`GET /conversations/${key.conversationId}`, teammate.key)).body).toMatchObject({
    reason: 'agentPaused',
    reasonBy: pausedBy,
  });

  await call(path, supervisor.key, { paused: false });
  const resumed = await ben.next<AgentPause[]>('agents', (changed) => changed[0]!.version > paused!.version);
  expect(resumed[0]).toMatchObject({ paused: false, pausedBy: null });
  expect((await call(`GET /conversations/${key.conversationId}`, teammate.key)).body).toMatchObject({
    reason: null,
    reasonBy: null,
  });
  await stranger.settled();
  expect(
    stranger
      .all<AgentPause[]>('agents')
      .flat()
      .map(({ id }) => id),
  ).not.toContain(acme.agentId);
  for (const client of [ben, late, stranger]) client.socket.close();
});

test('[HOLD-18] sends a pause made on another node after the next database look', async () => {
  const beside = await startLive({ beside: live });
  const ben = await joinTeam(beside, acme.people.teammate.key);
  const [known] = await ben.next<AgentPause[]>('agents');
  beside.rounds.run(5_000);
  await call(`PATCH /agents/${acme.agentId}`, acme.people.supervisor.key, { paused: true });
  beside.rounds.run(5_000);
  const [paused] = await ben.next<AgentPause[]>('agents', ([agent]) => agent!.version > known!.version);
  expect(paused).toMatchObject({ paused: true });
  await call(`PATCH /agents/${acme.agentId}`, acme.people.supervisor.key, { paused: false });
  ben.socket.close();
  await beside.close();
});

test('[SEE-1] shows an idle teammate in the conversation and in rows until they return', async () => {
  const { teammate, supervisor } = acme.people;
  const key = await meetCustomer(live, acme);
  const [ben, eve] = [await joinTeam(live, teammate.key), await joinTeam(live, supervisor.key)];
  await watch(ben, key);
  await watch(eve, key);
  const idle = ({ people }: Presence) => people.find(({ id }) => id === teammate.id)?.idle;
  expect((await ben.ask('idle', { idle: true })).ok).toBe(true);
  await eve.next<Presence>('presence', (presence) => idle(presence) === true);
  live.rounds.run(250);
  await eve.next<Presence[]>('attendance', (all) => all.some((presence) => idle(presence) === true));
  // The idle state belongs to the connection, so it covers conversations opened later.
  const other = await meetCustomer(live, acme);
  expect((await watch(ben, other)).presence.people.map((person) => person.idle)).toEqual([true]);

  eve.forget();
  await ben.ask('idle', { idle: false });
  await eve.next<Presence>('presence', (presence) => idle(presence) === false);
  expect(await ben.ask('idle', { idle: 'yes' })).toMatchObject({ ok: false, problem: { code: 'invalid' } });
  for (const client of [ben, eve]) client.socket.close();
});

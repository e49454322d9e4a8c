import { channelModules } from '@baton/channels';
import { createOutboundClient, type OutboundClient } from '@baton/outbound-http';
import { json, type LocalServer, startLocalServer } from '@baton/outbound-http/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { ChannelSender } from '../../src/workers/channel-sender.ts';
import { ask, type Company, found } from '../http/api-fixture.ts';
import { type Live, startLive } from '../realtime/live.ts';
import { sample } from './sample-channel.ts';

const channels = { ...channelModules, sample };
let live: Live;
let http: OutboundClient;
let receiver: LocalServer;
let company: Company;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  [live, receiver] = [await startLive(), await startLocalServer(json(200, {}))];
  http = createOutboundClient({ allowPrivateNetwork: true });
  company = await found(live);
  app = createApp({ ...live.deps, channels, metrics: new Registry() });
  const { settingsSeal: seal } = live.deps;
  live.work(new ChannelSender({ sql: live.connections.sql, channels, seal, http, now: live.engine.now }));
});
afterAll(async () => {
  await live.close();
  http.close();
  await receiver.close();
});

const owner = (route: string, body?: unknown) =>
  ask({ app }, route.replace(' /', ' /api/v1/'), { bearer: company.people.owner.key, body });
const sampleBody = (settings: object) => ({ kind: 'sample', name: 'Sample', agentId: company.agentId, settings });

async function addChannel(): Promise<{
  id: string;
  update: (update: object | null, secret?: string) => ReturnType<typeof ask>;
}> {
  const made = await owner('POST /channels', sampleBody({ callbackUrl: receiver.url, token: 'hush-hush' }));
  expect(made).toMatchObject({ status: 201, body: { channel: { settings: { callbackUrl: receiver.url } } } });
  const { channel, inboundSecret } = made.body;
  return {
    id: channel.id,
    update: (update, secret = inboundSecret) =>
      ask({ app }, `POST /api/v1/channels/${channel.id}/sample`, {
        body: { update },
        headers: { 'x-sample-secret': secret },
      }),
  };
}

test('a channel that stands in the table only receives and sends', async () => {
  const { id, update } = await addChannel();
  expect(await update({ id: 'u1', from: 'ann', text: 'Hello?' })).toMatchObject({ status: 202, body: { stored: 1 } });
  expect((await update({ id: 'u1', from: 'ann', text: 'Hello?' })).body).toEqual({ stored: 1 });
  expect((await update(null)).body).toEqual({ stored: 0 });
  const { items } = (await owner('GET /conversations')).body;
  const conversation = items.find(({ channelId }: { channelId: string }) => channelId === id);
  expect(conversation).toMatchObject({ lastSeq: 1 });

  const sent = { text: 'Hi Ann', clientMessageId: 'm1', lastSeenSeq: 1 };
  expect((await owner(`POST /conversations/${conversation.id}/messages`, sent)).status).toBe(201);
  const delivered = async () => {
    const messages = (await owner(`GET /conversations/${conversation.id}/messages`)).body.items;
    return messages.at(-1).delivery;
  };
  await expect.poll(delivered, { timeout: 20_000 }).toBe('sent');
  expect(receiver.received[0]?.headers['x-token']).toBe('hush-hush');
  expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([{ to: 'ann', text: 'Hi Ann' }]);
});

test('its inbound route rejects a wrong secret, an invalid body and other kinds of channels', async () => {
  const { update } = await addChannel();
  expect((await update({ id: 'u1', from: 'ann', text: 'Hello?' }, 'wrong')).status).toBe(401);
  expect((await update({ id: 'u1' })).status).toBe(422);
  const { id, secret } = company.http;
  const other = { body: { update: null }, headers: { 'x-sample-secret': secret } };
  expect((await ask({ app }, `POST /api/v1/channels/${id}/sample`, other)).status).toBe(404);
});

test('its settings are validated on creation and change', async () => {
  const invalid = { status: 422, body: { errors: [{ path: 'settings.callbackUrl' }] } };
  expect(await owner('POST /channels', sampleBody({ token: 't' }))).toMatchObject(invalid);
  expect(await owner('POST /channels', sampleBody({ callbackUrl: 'nowhere', token: 't' }))).toMatchObject(invalid);
  const { id } = await addChannel();
  expect(await owner(`PATCH /channels/${id}`, { settings: {} })).toMatchObject(invalid);
  const moved = { callbackUrl: `${receiver.url}/moved` };
  expect((await owner(`PATCH /channels/${id}`, { settings: moved })).body.settings).toEqual(moved);
});

test('its secret settings are sealed in the database, never answered, and kept by a change', async () => {
  const { id } = await addChannel();
  const stored = async () => {
    const rows = await live.connections.sql<
      { token: string }[]
    >`select settings->>'token' as token from channels where id = ${id}`;
    return rows[0]?.token ?? '';
  };
  expect(await stored()).toMatch(/^sealed:v1:/);
  await owner(`PATCH /channels/${id}`, { settings: { callbackUrl: receiver.url } });
  const opened = live.deps.settingsSeal.open({ token: await stored() }, ['token']);
  expect(opened).toEqual({ token: 'hush-hush' });
  const audit = await live.connections.sql`select detail from audit_log where subject_id = ${id}`;
  expect(JSON.stringify([audit, (await owner('GET /channels')).body])).not.toMatch(/hush|sealed/);
});

test('a server without the module rejects the kind', async () => {
  const answer = await ask(live, 'POST /api/v1/channels', {
    bearer: company.people.owner.key,
    body: sampleBody({ callbackUrl: receiver.url }),
  });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'kind' }] } });
});

test('the API document has the settings and the inbound route of the channel', async () => {
  const { paths } = (await ask({ app }, 'GET /api/v1/openapi.json')).body;
  expect(paths['/api/v1/channels/{id}/sample'].post.summary).toBe(sample.inbound?.summary);
  expect(JSON.stringify(paths['/api/v1/channels'].post.requestBody)).toContain('"sample"');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAgentBackend } from '@baton/database';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

const as = (who: keyof Company['people']) => (route: string, body?: unknown) =>
  ask(api, route.replace(' /', ' /api/v1/'), { bearer: acme.people[who].key, body });
const owner = as('owner');

test('what is secret about a backend goes in and never comes out', async () => {
  const backend = { kind: 'webhook', url: 'https://robot.example/reply', secret: 'hush-hush', timeoutSeconds: 5 };
  const made = await owner('POST /agents', { name: 'Remote', backend });
  const shown = { kind: 'webhook', url: backend.url, timeoutSeconds: 5, hasSecret: true };
  expect(made).toMatchObject({ status: 201, body: { backend: shown } });
  const answers = [made, await owner('GET /agents'), await owner(`GET /agents/${made.body.id}`)];
  for (const { body } of answers) expect(JSON.stringify(body)).not.toContain('hush-hush');

  const { secret: _, ...withoutSecret } = backend;
  const moved = { ...withoutSecret, url: 'https://robot.example/v2' };
  const changed = await owner(`PATCH /agents/${made.body.id}`, { backend: moved });
  expect(changed.body.backend).toEqual({ ...shown, url: moved.url });
  const kept = await findAgentBackend(api.connections.sql, acme.workspaceId, made.body.id);
  expect(kept?.backend).toEqual({ ...moved, secret: 'hush-hush' });

  const local = await owner(`PATCH /agents/${made.body.id}`, { backend: { kind: 'faq' } });
  expect(local.body.backend).toEqual({ kind: 'faq' });
});

test('rules that are left out keep their value', async () => {
  const path = `/agents/${acme.agentId}/human-interaction-rules`;
  const defaults = { muteWhenHumanActive: true, humanPriorityWindowSeconds: 30, replyDelaySeconds: 2 };
  expect((await owner(`GET ${path}`)).body).toEqual(defaults);
  const first = await owner(`PUT ${path}`, { humanPriorityWindowSeconds: 0 });
  expect(first).toMatchObject({ status: 200, body: { ...defaults, humanPriorityWindowSeconds: 0 } });
  const second = await as('supervisor')(`PUT ${path}`, { muteWhenHumanActive: false });
  expect(second.body).toEqual({ ...defaults, humanPriorityWindowSeconds: 0, muteWhenHumanActive: false });
  expect((await owner(`PUT ${path}`, {})).body).toEqual(second.body);
  await owner(`PUT ${path}`, defaults);
});

test('[HOLD-18] a supervisor pauses an agent everywhere, and nobody below does', async () => {
  const path = `/agents/${acme.agentId}`;
  expect((await as('teammate')(`PATCH ${path}`, { paused: true })).status).toBe(403);
  expect(await as('supervisor')(`PATCH ${path}`, { paused: true })).toMatchObject({
    status: 200,
    body: { paused: true },
  });
  expect((await owner(`GET ${path}`)).body.paused).toBe(true);
  expect((await as('supervisor')(`PATCH ${path}`, { paused: false })).body.paused).toBe(false);
});

test('[HOLD-18] [SEE-2] a conversation says that its agent is paused as soon as it is, and no longer', async () => {
  const { conversationId } = (await receive(api, acme, { externalId: 'before the pause' })).body;
  const reason = async () => (await owner(`GET /conversations/${conversationId}`)).body.reason;
  await owner(`PATCH /agents/${acme.agentId}`, { paused: true });
  expect(await reason()).toBe('agentPaused');
  await owner(`PATCH /agents/${acme.agentId}`, { paused: false });
  expect(await reason()).toBeNull();
});

test('a channel shows its secrets once, and a rotated one ends the old at once', async () => {
  const settings = { callbackUrl: 'https://shop.example/hook' };
  const made = await owner('POST /channels', { kind: 'http', name: 'Shop', agentId: acme.agentId, settings });
  expect(made.status).toBe(201);
  const { channel, inboundSecret, signingSecret } = made.body;
  expect(channel).toEqual({ id: channel.id, kind: 'http', name: 'Shop', agentId: acme.agentId, settings });
  expect(signingSecret).toMatch(/^whsec_/);
  const shown = JSON.stringify((await owner('GET /channels')).body);
  expect(shown).not.toContain(inboundSecret);
  expect(shown).not.toContain(signingSecret);

  const write = (secret: string, externalId: string) =>
    receive(api, { ...acme, http: { id: channel.id, secret } }, { externalId });
  expect((await write(inboundSecret, 'one')).status).toBe(202);
  const rotated = await owner(`POST /channels/${channel.id}/secrets`, { secret: 'inbound' });
  expect((await write(inboundSecret, 'two')).status).toBe(401);
  expect((await write(rotated.body.secret, 'two')).status).toBe(202);

  expect((await owner(`DELETE /channels/${channel.id}`)).status).toBe(204);
  expect((await write(rotated.body.secret, 'three')).status).toBe(404);
  expect(JSON.stringify((await owner('GET /channels')).body)).not.toContain(channel.id);
});

test('a kind of channel that nobody has built yet is refused', async () => {
  const answer = await owner('POST /channels', { kind: 'whatsapp', name: 'Phone', agentId: acme.agentId });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'kind' }] } });
});

test('a workspace keeps its last owner', async () => {
  const { id } = acme.people.owner;
  expect((await owner(`PATCH /teammates/${id}`, { role: 'teammate' })).status).toBe(409);
  expect((await owner(`DELETE /teammates/${id}`)).status).toBe(409);
  const second = await owner(`PATCH /teammates/${acme.people.supervisor.id}`, { role: 'owner' });
  expect(second).toMatchObject({ status: 200, body: { role: 'owner' } });
  expect((await owner(`PATCH /teammates/${acme.people.supervisor.id}`, { role: 'supervisor' })).status).toBe(200);
});

test('a role that changes applies to the next request', async () => {
  const { id } = acme.people.teammate;
  expect((await as('teammate')('GET /api-keys')).status).toBe(403);
  await owner(`PATCH /teammates/${id}`, { role: 'owner' });
  expect((await as('teammate')('GET /api-keys')).status).toBe(200);
  await owner(`PATCH /teammates/${id}`, { role: 'teammate' });
  expect((await as('teammate')('GET /api-keys')).status).toBe(403);
});

test('an address is one person; who was revoked may come back', async () => {
  const body = { name: 'Dora', email: 'Dora@acme.example', password: 'first password', role: 'teammate' };
  const first = await owner('POST /teammates', body);
  expect(first).toMatchObject({ status: 201, body: { email: 'dora@acme.example' } });
  expect(await owner('POST /teammates', body)).toMatchObject({ status: 422, body: { errors: [{ path: 'email' }] } });
  await owner(`DELETE /teammates/${first.body.id}`);
  const again = await owner('POST /teammates', { ...body, password: 'second password', role: 'supervisor' });
  expect(again).toMatchObject({ status: 201, body: { id: first.body.id, role: 'supervisor' } });
  const signIn = (password: string) =>
    ask(api, 'POST /api/auth/sign-in/email', { body: { email: body.email, password } });
  expect((await signIn('first password')).status).toBe(401);
  expect((await signIn('second password')).status).toBe(200);
});

test('knowledge is written, rewritten and deleted', async () => {
  const made = await as('supervisor')('POST /knowledge', { question: 'When?', answer: 'At nine.' });
  const rewritten = await as('supervisor')(`PUT /knowledge/${made.body.id}`, { question: 'When?', answer: 'At ten.' });
  expect(rewritten).toMatchObject({ status: 200, body: { id: made.body.id, answer: 'At ten.' } });
  expect((await as('teammate')('GET /knowledge')).body.items).toContainEqual(rewritten.body);
  expect((await as('supervisor')(`DELETE /knowledge/${made.body.id}`)).status).toBe(204);
  expect((await as('supervisor')(`DELETE /knowledge/${made.body.id}`)).status).toBe(404);
});

test('[HOLD-18] changes neither pause nor rules when the audit row cannot be written', async () => {
  const { sql } = api.connections;
  await sql.unsafe(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`,
  );
  await sql.unsafe('create trigger refuse before insert on audit_log for each row execute function refuse()');
  try {
    const [agent, rules] = [`/agents/${acme.agentId}`, `/agents/${acme.agentId}/human-interaction-rules`];
    expect((await owner(`PATCH ${agent}`, { paused: true })).status).toBe(500);
    expect((await owner(`PUT ${rules}`, { replyDelaySeconds: 7 })).status).toBe(500);
    expect((await owner(`GET ${agent}`)).body.paused).toBe(false);
    expect((await owner(`GET ${rules}`)).body.replyDelaySeconds).toBe(2);
  } finally {
    await sql.unsafe('drop trigger refuse on audit_log; drop function refuse').simple();
  }
});

test('every administrative act is written down with who did it, and never with a secret', async () => {
  const rows = await api.connections.sql<{ action: string; actor_id: string; all: string }[]>`
    select action, actor_id, audit_log::text as all from audit_log where workspace_id = ${acme.workspaceId}`;
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of [
    'agent.added',
    'agent.changed',
    'agent.paused',
    'agent.resumed',
    'agent.rules.changed',
    'channel.added',
    'channel.disabled',
    'channel.secret.rotated',
    'knowledge.added',
    'knowledge.changed',
    'knowledge.deleted',
    'teammate.added',
    'teammate.changed',
    'teammate.revoked',
  ]) {
    expect(actions).toContain(action);
  }
  const ids = Object.values(acme.people).map(({ id }) => id);
  for (const row of rows) {
    expect(ids).toContain(row.actor_id);
    expect(row.all).not.toMatch(/hush-hush|password|whsec_|inbound_/);
  }
});

import { PostgresStore } from '@baton/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});
afterAll(() => api.close());

async function setAside(externalId: string): Promise<string> {
  const id = String((await receive(api, acme, { customer: { externalId } })).body.conversationId);
  await new PostgresStore(api.connections.sql).quarantine(
    { workspaceId: acme.workspaceId, conversationId: id },
    'a bug',
  );
  return id;
}

const lift = (id: string, by: 'owner' | 'supervisor') =>
  ask(api, `DELETE /api/v1/conversations/${id}/quarantine`, { bearer: acme.people[by].key });
const look = async (id: string) =>
  (await ask(api, `GET /api/v1/conversations/${id}`, { bearer: acme.people.owner.key })).body;

test('[SEE-2] reports a quarantined conversation, rejects its commands and lets an owner release it', async () => {
  const id = await setAside('ann');
  expect(await look(id)).toMatchObject({ reason: 'quarantined' });
  const message = { customer: { externalId: 'ann' }, externalId: 'while aside' };
  expect((await receive(api, acme, message)).body.code).toBe('quarantined');
  expect((await lift(id, 'supervisor')).status).toBe(403);

  const before = await look(id);
  expect((await lift(id, 'owner')).status).toBe(204);
  const after = await look(id);
  expect(after.reason).toBeNull();
  expect(after.revision).toBeGreaterThan(before.revision);
  expect((await receive(api, acme, message)).status).toBe(202);
  expect((await look(id)).lastSeq).toBe(2);
});

test('[TIME-1] what was due meanwhile is due at once, in all three queues', async () => {
  const id = await setAside('bob');
  await ask(api, `DELETE /api/v1/conversations/${id}/quarantine`, { bearer: acme.people.owner.key });
  const [lane] = await api.connections.sql`
    select wake_at is not null as wakes, send_at <= now() as sends, has_pending_work as pending from lanes where conversation_id = ${id}`;
  expect(lane).toEqual({ wakes: true, sends: true, pending: true });
});

test('[TIME-4] what cannot be read stays aside', async () => {
  const id = await setAside('cleo');
  await api.connections.sql`
    update conversations set snapshot = jsonb_set(snapshot, '{schemaVersion}', '0') where id = ${id}`;
  const refused = await lift(id, 'owner');
  expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
  expect((await look(id)).reason).toBe('quarantined');
});

test('who did it, and what it had choked on, is in the audit log', async () => {
  const id = await setAside('dora');
  await lift(id, 'owner');
  const rows = await api.connections.sql`select action, actor_name, detail from audit_log where subject_id = ${id}`;
  expect(rows).toEqual([
    { action: 'quarantine.lifted', actor_name: acme.people.owner.name, detail: { choked: 'a bug' } },
  ]);
});

import type { ChannelActivity, Delivery } from '@baton/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const asking = (company: Company) => (route: string, body?: unknown) =>
  ask(api, route.replace(' /', ' /api/v1/'), { bearer: company.people.supervisor.key, body });

async function activity(company: Company, channelId = company.http.id): Promise<ChannelActivity> {
  const answer = await asking(company)(`GET /channels/${channelId}/activity`);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** A message of the team, as the sender would have left it. */
async function send(company: Company, conversationId: string, delivery: Delivery, error: string | null) {
  const message = { text: delivery, clientMessageId: `${conversationId}-${delivery}`, force: true };
  const { body } = await asking(company)(`POST /conversations/${conversationId}/messages`, message);
  const id: string = body.id ?? body.message.id;
  await api.connections.sql`update messages set delivery = ${delivery}, error = ${error} where id = ${id}`;
  return id;
}

const EMPTY: ChannelActivity = { lastInAt: null, lastOutAt: null, outage: null, troubles: [] };

test('a channel that nothing went through says so', async () => {
  expect(await activity(await found(api))).toEqual(EMPTY);
});

test('it has what came in last, what went out last and what did not arrive, newest first', async () => {
  const company = await found(api);
  const { body } = await receive(api, company);
  const first = await activity(company);
  expect(first).toEqual({ ...EMPTY, lastInAt: expect.any(String) });

  await send(company, body.conversationId, 'delivered', null);
  const failed = await send(company, body.conversationId, 'failed', 'The channel answered with status 410.');
  const uncertain = await send(company, body.conversationId, 'uncertain', null);
  const now = await activity(company);
  expect(now.lastInAt).toBe(first.lastInAt);
  expect(Date.parse(now.lastOutAt!)).toBeGreaterThanOrEqual(Date.parse(first.lastInAt!));
  expect(now.troubles).toMatchObject([
    { messageId: uncertain, delivery: 'uncertain', error: null },
    { messageId: failed, delivery: 'failed', error: 'The channel answered with status 410.' },
  ]);
  expect(await activity(company, company.webchat.id)).toEqual(EMPTY);
});

test('each message is there once, with its own conversation, in the activity of its own channel', async () => {
  const company = await found(api);
  const { body: one } = await receive(api, company, { customer: { externalId: 'one' } });
  const { body: other } = await receive(api, company, { customer: { externalId: 'other' } });
  const failed = await send(company, one.conversationId, 'failed', 'The channel answered with status 410.');
  const withheld = await send(company, other.conversationId, 'withheld', null);
  expect(
    (await activity(company)).troubles.map(({ messageId, conversationId }) => ({ messageId, conversationId })),
  ).toEqual([
    { messageId: withheld, conversationId: other.conversationId },
    { messageId: failed, conversationId: one.conversationId },
  ]);
});

test('an outage is told with its next try', async () => {
  const company = await found(api);
  await api.connections.sql`
    insert into channel_outages (workspace_id, channel_id, failures_in_a_row, probe_at)
    values (${company.workspaceId}, ${company.http.id}, 4, '2030-01-01T00:00:00Z')`;
  expect((await activity(company)).outage).toEqual({ failuresInARow: 4, nextTryAt: '2030-01-01T00:00:00.000Z' });
});

test('a closed channel has none any more', async () => {
  const company = await found(api);
  await ask(api, `DELETE /api/v1/channels/${company.http.id}`, { bearer: company.people.owner.key });
  expect((await asking(company)(`GET /channels/${company.http.id}/activity`)).status).toBe(404);
});

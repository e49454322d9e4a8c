import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

let customers = 0;

async function conversation(): Promise<string> {
  const answer = await receive(api, acme, { customer: { externalId: `customer-${++customers}`, name: 'Ann' } });
  expect(answer.status).toBe(202);
  return answer.body.conversationId;
}

const send = (id: string, body: unknown, who: keyof Company['people'] = 'teammate') =>
  ask(api, `POST /api/v1/conversations/${id}/messages`, { bearer: acme.people[who].key, body });

test('[SEND-6] one id of the provider makes one message, and a retry gets the same answer', async () => {
  const message = { externalId: 'provider-1', customer: { externalId: 'bob' }, text: 'Hi' };
  const first = await receive(api, acme, message);
  const again = await receive(api, acme, message);
  expect(first).toMatchObject({ status: 202, body: { seq: 1, duplicate: false } });
  expect(again).toMatchObject({ status: 202, body: { ...first.body, duplicate: true } });
});

test('[SEND-6] retries that overlap make one message too', async () => {
  const message = { externalId: 'provider-2', customer: { externalId: 'carl' }, text: 'Hi' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => receive(api, acme, message)));
  expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
  expect(answers.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
});

test('[SEND-6] one clientMessageId makes one message, and a retry gets the same answer', async () => {
  const id = await conversation();
  const body = { text: 'Hello Ann', clientMessageId: 'mine-1', lastSeenSeq: 1 };
  const first = await send(id, body);
  const again = await send(id, body);
  expect(first).toMatchObject({ status: 201, body: { seq: 2, text: 'Hello Ann', author: { kind: 'teammate' } } });
  expect(again).toMatchObject({ status: 201, body: { id: first.body.id, seq: 2 } });
});

test('[SEND-7] a send that has not seen what another person wrote is refused with what is new', async () => {
  const id = await conversation();
  await send(id, { text: 'I take this', clientMessageId: 'first', lastSeenSeq: 1 }, 'owner');
  const late = await send(id, { text: 'Me too', clientMessageId: 'second', lastSeenSeq: 1 });
  expect(late).toMatchObject({
    status: 409,
    body: { code: 'stale_view', messages: [{ seq: 2, text: 'I take this' }] },
  });
  expect(late.headers.get('content-type')).toBe('application/problem+json');

  const seen = await send(id, { text: 'Me too', clientMessageId: 'second', lastSeenSeq: 2 });
  expect(seen).toMatchObject({ status: 201, body: { seq: 3 } });
});

test('[SEND-7] force sends all the same', async () => {
  const id = await conversation();
  await send(id, { text: 'I take this', clientMessageId: 'first', lastSeenSeq: 1 }, 'owner');
  const forced = await send(id, { text: 'Me too', clientMessageId: 'second', force: true });
  expect(forced).toMatchObject({ status: 201, body: { seq: 3 } });
});

test('[SEND-4] what may have arrived is sent by a person once it no longer goes again by itself', async () => {
  const id = await conversation();
  const { body: sent } = await send(id, { text: 'Are you there?', clientMessageId: 'asked', force: true });
  const bearer = acme.people.teammate.key;
  const shown = async () => (await ask(api, `GET /api/v1/conversations/${id}/messages`, { bearer })).body.items.at(-1);
  const anyway = () => ask(api, `POST /api/v1/conversations/${id}/messages/${sent.id}/send`, { bearer });
  const { sql } = api.connections;

  await sql`update messages set delivery = 'uncertain', blocks_until = 'infinity' where id = ${sent.id}`;
  expect(await shown()).toMatchObject({ delivery: 'uncertain', retrying: true });
  expect(await anyway()).toMatchObject({ status: 409, body: { code: 'conflict' } });

  await sql`update messages set blocks_until = now() where id = ${sent.id}`;
  expect(await shown()).toMatchObject({ delivery: 'uncertain', retrying: false });
  const again = await anyway();
  expect(again).toMatchObject({ status: 201, body: { text: 'Are you there?', delivery: 'queued' } });
  expect(await anyway()).toMatchObject({ status: 201, body: { id: again.body.id } });
});

test('[SEND-7] without lastSeenSeq a message needs force; a note needs neither', async () => {
  const id = await conversation();
  const neither = await send(id, { text: 'Hm', clientMessageId: 'a' });
  expect(neither).toMatchObject({ status: 422, body: { errors: [{ path: 'lastSeenSeq' }] } });
  const note = await send(id, { text: 'Hm', clientMessageId: 'a', note: true });
  expect(note).toMatchObject({ status: 201, body: { note: true, delivery: null } });
});

test('[HOLD-10] agent replies off is agentDisabled at once, for this conversation only; [HOLD-11] on hands back', async () => {
  const [one, other] = [await conversation(), await conversation()];
  const bearer = acme.people.teammate.key;
  const off = await ask(api, `PUT /api/v1/conversations/${one}/agent-replies`, {
    bearer,
    body: { enabled: false, assign: true },
  });
  expect(off).toMatchObject({
    status: 200,
    body: { state: 'agentDisabled', agentReplies: false, assigneeId: acme.people.teammate.id },
  });
  const untouched = await ask(api, `GET /api/v1/conversations/${other}`, { bearer });
  expect(untouched).toMatchObject({ status: 200, body: { state: 'agentActive', agentReplies: true } });

  const body = { enabled: true, instruction: 'Offer a refund' };
  const on = await ask(api, `PUT /api/v1/conversations/${one}/agent-replies`, { bearer, body });
  expect(on).toMatchObject({ status: 200, body: { state: 'agentActive', agentReplies: true } });
  expect(await ask(api, `GET /api/v1/conversations/${one}`, { bearer })).toMatchObject({ body: on.body });

  const transitions = await ask(api, `GET /api/v1/conversations/${one}/transitions`, { bearer });
  const types = transitions.body.items.map(({ event }: { event: { type: string } }) => event.type);
  expect(types).toEqual(expect.arrayContaining(['customer.message', 'replies.disabled', 'replies.enabled']));
});

test('[HOLD-3] typing over HTTP mutes the agent, [HOLD-4] a note does not, and stopping lets go', async () => {
  const id = await conversation();
  const bearer = acme.people.teammate.key;
  const type = (body: unknown) => ask(api, `POST /api/v1/conversations/${id}/typing`, { bearer, body });
  const state = async () => (await ask(api, `GET /api/v1/conversations/${id}`, { bearer })).body.state;

  expect((await type({ typing: true, note: true })).status).toBe(204);
  expect(await state()).toBe('agentActive');
  expect((await type({ typing: true })).status).toBe(204);
  expect(await state()).toBe('humanActive');
  expect((await type({ typing: true, note: true })).status).toBe(204);
  expect(await state()).toBe('agentActive');
});

test('[HOLD-16] an echo is a human message; what is automated or of the past is not', async () => {
  const customer = { externalId: `customer-${++customers}` };
  const bearer = acme.people.teammate.key;
  const first = await receive(api, acme, { customer });
  const state = async () =>
    (await ask(api, `GET /api/v1/conversations/${first.body.conversationId}`, { bearer })).body.state;

  expect(await receive(api, acme, { customer, from: 'business', automated: true })).toMatchObject({
    status: 202,
    body: { seq: 2 },
  });
  expect(await state()).toBe('agentActive');
  const imported = { customer, from: 'business', imported: true, sentAt: '2026-01-01T00:00:00Z' };
  expect(await receive(api, acme, imported)).toMatchObject({ status: 202, body: { seq: 3 } });
  expect(await receive(api, acme, { customer, imported: true })).toMatchObject({ status: 202, body: { seq: 4 } });
  expect(await state()).toBe('agentActive');
  expect(await receive(api, acme, { customer, from: 'business' })).toMatchObject({ status: 202, body: { seq: 5 } });
  expect(await state()).toBe('humanPriorityWindow');
});

import type { Role } from '@baton/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';
import { BY_OTHER_MEANS, entry, type Ids, person, type Route, ROUTES } from './routes-by-role.ts';

const RANK: Record<Role, number> = { teammate: 0, supervisor: 1, owner: 2 };
const ROLES = ['teammate', 'supervisor', 'owner'] as const satisfies Role[];

let api: Api;
let acme: Company;
let rival: Company;
let theirs: Ids;

async function things(company: Company): Promise<Ids> {
  const { key } = company.people.owner;
  const owner = (route: string, body?: unknown) => ask(api, route, { bearer: key, body });
  const inbound = (await receive(api, company)).body;
  const spare = await owner('POST /api/v1/teammates', person());
  const apiKey = await owner('POST /api/v1/api-keys', { name: 'spare', teammateId: spare.body.id });
  const knowledge = await owner('POST /api/v1/knowledge', entry);
  const webchat = await owner('POST /api/v1/channels', { kind: 'webchat', name: 'Chat', agentId: company.agentId });
  return {
    agent: company.agentId,
    channel: company.http.id,
    webchat: webchat.body.channel.id,
    conversation: inbound.conversationId,
    message: inbound.messageId,
    teammate: spare.body.id,
    apiKey: apiKey.body.id,
    knowledge: knowledge.body.id,
  };
}

const call = ({ route, body }: Route, ids: Ids, bearer?: string) => {
  const [method, path] = route(ids).split(' ');
  return ask(api, `${method} /api/v1${path}`, { bearer, body: body?.(ids) });
};

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
  rival = await found(api);
  theirs = await things(rival);
});

afterAll(() => api.close());

test('the table of routes has every route of the API', async () => {
  const { body } = await ask(api, 'GET /api/v1/openapi.json');
  const documented = Object.entries<Record<string, unknown>>(body.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );
  expect(documented.sort()).toEqual([...Object.keys(ROUTES), ...BY_OTHER_MEANS].sort());
});

describe.each(Object.entries(ROUTES))('%s', (_, route) => {
  test.each(ROLES)('as %s', async (role) => {
    const ids = await things(acme);
    const { status, body } = await call(route, ids, acme.people[role].key);
    if (RANK[role] < RANK[route.least]) {
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
    } else {
      // Sending a customer's message anyway is the one thing here that makes no sense.
      expect([200, 201, 204, 409]).toContain(status);
    }
  });

  test('[SEE-5] is 401 without a credential, or with one that never was', async () => {
    for (const bearer of [undefined, '', 'baton_nothing', 'x'.repeat(400)]) {
      const { status, body } = await call(route, theirs, bearer);
      expect({ status, code: body.code }).toEqual({ status: 401, code: 'unauthenticated' });
    }
  });
});

describe.each(Object.entries(ROUTES).filter(([, { names }]) => names))('%s', (_, route) => {
  test('[SEE-5] of another workspace is 404, for an owner too, and like what never was', async () => {
    const foreign = await call(route, theirs, acme.people.owner.key);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });

    const nowhere = Object.fromEntries(
      Object.keys(theirs).map((name) => [name, '01900000-0000-7000-8000-000000000000']),
    ) as unknown as Ids;
    const unknown = await call(route, nowhere, acme.people.owner.key);
    expect({ status: unknown.status, body: unknown.body }).toEqual({ status: 404, body: foreign.body });
  });
});

test('[SEE-5] lists have nothing of another workspace', async () => {
  const bearer = acme.people.owner.key;
  const foreign = new Set<unknown>([...Object.values(theirs), ...Object.values(rival.people).map(({ id }) => id)]);
  for (const path of ['teammates', 'api-keys', 'agents', 'knowledge', 'channels', 'conversations']) {
    const { body } = await ask(api, `GET /api/v1/${path}`, { bearer });
    expect(body.items.filter(({ id }: { id: string }) => foreign.has(id))).toEqual([]);
  }
});

test('[SEE-5] ids of another workspace in a body are refused', async () => {
  const bearer = acme.people.owner.key;
  const mine = await things(acme);
  const refused = [
    ask(api, 'POST /api/v1/api-keys', { bearer, body: { name: 'x', teammateId: theirs.teammate } }),
    ask(api, 'POST /api/v1/channels', { bearer, body: { kind: 'http', name: 'x', agentId: theirs.agent } }),
    ask(api, `PUT /api/v1/conversations/${mine.conversation}/assignee`, {
      bearer,
      body: { assigneeId: theirs.teammate },
    }),
  ];
  for (const answer of await Promise.all(refused)) expect(answer.status).toBe(422);
  const foreign = { ...mine, message: theirs.message };
  const send = await call(ROUTES['POST /conversations/{id}/messages/{messageId}/send']!, foreign, bearer);
  expect(send.status).toBe(404);
});

test('answers 401 for a wrong secret and 404 for a missing or closed channel', async () => {
  const body = { externalId: 'x', customer: { externalId: 'y' }, text: 'z' };
  const post = (id: string, bearer?: string) => ask(api, `POST /api/v1/channels/${id}/messages`, { bearer, body });
  expect((await post(acme.http.id)).status).toBe(401);
  expect((await post(acme.http.id, rival.http.secret)).status).toBe(401);
  expect((await post(acme.http.id, acme.people.owner.key)).status).toBe(401);
  expect((await post(acme.webchat.id, acme.webchat.secret)).status).toBe(404);
  expect((await post('01900000-0000-7000-8000-000000000000', acme.http.secret)).status).toBe(404);
  expect((await post('nothing', acme.http.secret)).status).toBe(404);
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';
import { ROUTES } from './routes-by-role.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

const NASTY = ['', '\u0000', '\ud800', '__proto__', 'x'.repeat(20_000), '2026-02-30T00:00:00Z', '🙂', "'; --", '../..'];

const strange = fc.oneof(
  fc.constantFrom<unknown>(...NASTY, null, true, -1, 1e308, 0.1, 2 ** 53, [], {}, [[]], { $ne: null }),
  fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
);

/** A right body with one field replaced, added or left out; or something else altogether. */
const mutation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('replace', 'add', 'omit'), at: fc.nat(8), value: strange }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('whole'), at: fc.constant(0), value: strange }) },
);

function mutate(
  body: Record<string, unknown>,
  { kind, at, value }: { kind: string; at: number; value: unknown },
): unknown {
  if (kind === 'whole') return value;
  const names = Object.keys(body);
  const name = names[at % names.length] ?? 'field';
  if (kind === 'add') return { ...body, [`extra${at}`]: value };
  if (kind === 'replace') return { ...body, [name]: value };
  const { [name]: _, ...rest } = body;
  return rest;
}

test('no body whatever gets an answer that was not foreseen', async () => {
  const nobody = '01900000-0000-7000-8000-000000000000';
  const { conversationId } = (await receive(api, acme)).body;
  const ids = { agent: acme.agentId, channel: acme.http.id, webchat: acme.webchat.id, conversation: conversationId };
  const all = { ...ids, message: nobody, teammate: nobody, apiKey: nobody, knowledge: nobody };
  const channel = {
    route: () => `POST /channels/${acme.http.id}/messages`,
    body: () => ({
      externalId: 'a',
      customer: { externalId: 'b', name: 'c' },
      text: 'd',
      from: 'business',
      sentAt: '2026-01-01T00:00:00Z',
      automated: true,
      imported: false,
    }),
  };
  const routes = [...Object.values(ROUTES).filter(({ body }) => body), channel];

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), mutation, async (route, change) => {
      const body = mutate({ ...(route.body?.(all) as object) }, change);
      const [method, path] = route.route(all).split(' ');
      const bearer = route === channel ? acme.http.secret : acme.people.owner.key;
      const answer = await ask(api, `${method} /api/v1${path}`, { bearer, body: JSON.stringify(body) ?? '' });
      // Testing an agent has a limit of its own.
      expect([200, 201, 202, 204, 400, 404, 409, 422, 429]).toContain(answer.status);
      if (answer.status >= 400) expect(answer.body).toMatchObject({ status: answer.status, code: expect.any(String) });
    }),
    { numRuns: 1_500 },
  );
});

test('a body of a hundred thousand brackets is only a wrong body', async () => {
  const bearer = acme.people.owner.key;
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect((await ask(api, 'POST /api/v1/knowledge', { bearer, body: deep })).status).toBe(422);
  const inside = `{"question": ${deep}, "answer": "x"}`;
  expect((await ask(api, 'POST /api/v1/knowledge', { bearer, body: inside })).status).toBe(422);
});

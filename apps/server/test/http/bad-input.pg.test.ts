import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Api, ask, type Company, found, receive, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;
let conversationId: string;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
  conversationId = (await receive(api, acme)).body.conversationId;
});

afterAll(() => api.close());

const owner = (route: string, body?: unknown) =>
  ask(api, route.replace(' /', ' /api/v1/'), { bearer: acme.people.owner.key, body });

function expectInvalid({ status, headers, body }: Answer, ...paths: string[]): void {
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid' });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
}

const BAD_TEXTS: [string, unknown][] = [
  ['empty', ''],
  ['blank', ' \n '],
  ['too long', 'x'.repeat(10_001)],
  ['too long in characters beyond the first plane', '🙂'.repeat(10_001)],
  ['a number', 7],
  ['an object', { $ne: '' }],
  ['a list', ['x']],
  ['null', null],
  ['with a NUL', 'a\u0000b'],
  ['with a lone surrogate', 'a\ud800'],
];

describe.each(BAD_TEXTS)('a text that is %s', (_, text) => {
  test('is 422 with the field, from a teammate', async () => {
    const body = { text, clientMessageId: 'c', lastSeenSeq: 1 };
    expectInvalid(await owner(`POST /conversations/${conversationId}/messages`, body), 'text');
  });

  test('is 422 with the field, from a channel', async () => {
    expectInvalid(await receive(api, acme, { text }), 'text');
  });

  test('is 422 with the field, as an instruction', async () => {
    const body = { enabled: true, instruction: text };
    expectInvalid(await owner(`PUT /conversations/${conversationId}/agent-replies`, body), 'instruction');
  });
});

test('10 000 characters of any plane are a text', async () => {
  const sent = await receive(api, acme, { text: '🙂'.repeat(10_000), customer: { externalId: 'long' } });
  expect(sent.status).toBe(202);
});

describe.each([
  ['above a day', 86_401],
  ['below 0', -1],
  ['not whole', 1.5],
  ['text', '30'],
  ['null', null],
])('a window that is %s', (_, seconds) => {
  test('is 422 and changes nothing', async () => {
    const path = `/agents/${acme.agentId}/human-interaction-rules`;
    const before = await owner(`GET ${path}`);
    expectInvalid(await owner(`PUT ${path}`, { humanPriorityWindowSeconds: seconds }), 'humanPriorityWindowSeconds');
    expect((await owner(`GET ${path}`)).body).toEqual(before.body);
  });
});

describe.each([
  ['over 200 bytes', 'x'.repeat(201)],
  ['over 200 bytes in fewer characters', 'é'.repeat(101)],
  ['empty', ''],
  ['with a NUL', 'a\u0000'],
  ['a number', 12],
])('an id from outside that is %s', (_, id) => {
  test('is 422 with the field', async () => {
    expectInvalid(await receive(api, acme, { externalId: id }), 'externalId');
    expectInvalid(await receive(api, acme, { customer: { externalId: id as string } }), 'customer.externalId');
    const body = { text: 'x', clientMessageId: id, force: true };
    expectInvalid(await owner(`POST /conversations/${conversationId}/messages`, body), 'clientMessageId');
  });
});

test('every wrong field is named', async () => {
  expectInvalid(
    await receive(api, acme, { text: '', externalId: '', from: 'robot', sentAt: 'yesterday' }),
    'externalId',
    'text',
    'from',
    'sentAt',
  );
});

test('an unknown field is refused, also deep inside', async () => {
  const answer = await receive(api, acme, { customer: { externalId: 'ann', isAdmin: true } as never });
  expectInvalid(answer, 'customer');
  expect(answer.body.errors[0].message).toContain('isAdmin');
  const rules = `PUT /agents/${acme.agentId}/human-interaction-rules`;
  expect((await owner(rules, { muteWhenHumanActive: true, version: 9 })).status).toBe(422);
});

describe.each([
  ['no JSON', '{"text": '],
  ['nothing', ''],
])('a body that is %s', (_, body) => {
  test('is 400', async () => {
    const answer = await owner(`POST /conversations/${conversationId}/messages`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });
});

test.each(['null', '[]', '"text"', '7', 'true'])('a body that is %s is 422', async (body) => {
  expect((await owner(`POST /conversations/${conversationId}/messages`, body)).status).toBe(422);
});

test('a body that is not said to be JSON is 400', async () => {
  const answer = await ask(api, `POST /api/v1/conversations/${conversationId}/messages`, {
    bearer: acme.people.owner.key,
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
});

test('a body above 256 KB is 413', async () => {
  const answer = await receive(api, acme, { text: 'x'.repeat(300_000) });
  expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
});

test('an unknown path is 404 and a wrong method 405, both as problems', async () => {
  const nowhere = await owner('GET /nothing');
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const method = await owner('DELETE /me');
  expect(method).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
  expect(method.headers.get('allow')).toContain('GET');
  for (const { headers } of [nowhere, method]) expect(headers.get('content-type')).toBe('application/problem+json');
});

test.each(['x', 'null', '%00', '../agents', "' or 1=1 --", 'a'.repeat(3_000)])(
  'an id in a path that is none is 404: %s',
  async (id) => {
    const { status, body } = await owner(`GET /conversations/${encodeURIComponent(id)}`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
  },
);

test.each([
  ['state', 'asleep'],
  ['status', 'gone'],
  ['limit', '0'],
  ['limit', '201'],
  ['limit', 'many'],
  ['updatedSince', 'yesterday'],
  ['updatedSince', '0000-01-01T00:00:00Z'],
  ['q', '%00'],
  ['assignee', '%00'],
  ['cursor', 'nonsense'],
  ['cursor', Buffer.from('9999-99-99 00:00:00+00|x').toString('base64url')],
])('a list with %s=%s is 422 with the field', async (name, value) => {
  expectInvalid(await owner(`GET /conversations?${name}=${value}`), name);
});

test('operators in a filter are text like any other', async () => {
  for (const q of ['%25', '_', "'; drop table messages --", '$1', '\\']) {
    const { status, body } = await owner(`GET /conversations?q=${encodeURIComponent(q)}`);
    expect({ status, items: body.items }).toEqual({ status: 200, items: [] });
  }
  expect((await owner('GET /conversations?assignee[$ne]=x')).status).toBe(200);
});

test.each([
  ['a scheme of its own', 'ftp://example.com'],
  ['a script', 'javascript:alert(1)'],
  ['no address', 'example'],
])('a callback that is %s is 422', async (_, callbackUrl) => {
  const body = { kind: 'http', name: 'x', agentId: acme.agentId, settings: { callbackUrl } };
  expectInvalid(await owner('POST /channels', body), 'settings.callbackUrl');
});

test('a snooze needs a time, in the future', async () => {
  const put = (body: unknown) => owner(`PUT /conversations/${conversationId}/status`, body);
  expectInvalid(await put({ status: 'snoozed' }), 'snoozedUntil');
  expectInvalid(await put({ status: 'snoozed', snoozedUntil: '2001-01-01T00:00:00Z' }), 'snoozedUntil');
});

test('no answer names what is inside', async () => {
  const answers = await Promise.all([
    receive(api, acme, { text: null }),
    owner('GET /conversations?cursor=%F0%28%8C%28'),
    owner('GET /nothing'),
    owner(`POST /conversations/${conversationId}/messages`, '{'),
  ]);
  for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(/select|postgres|\.ts|node_modules|stack/i);
});

test('a seq or revision beyond what any could be is 422 with the field', async () => {
  const route = `/conversations/${conversationId}`;
  for (const field of ['after', 'before', 'sinceRevision']) {
    expectInvalid(await owner(`GET ${route}/messages?${field}=2147483648`), field);
  }
  expectInvalid(await owner(`GET ${route}/transitions?after=2147483648`), 'after');
  expectInvalid(await owner(`PUT ${route}/read`, { seq: 2_147_483_648 }), 'seq');
  expect((await owner(`GET ${route}/messages?after=2147483647`)).status).toBe(200);
  expect((await owner(`PUT ${route}/read`, { seq: 2_147_483_647 })).status).toBe(204);
});

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { trustedProxies } from '../../src/http/middleware/client-address.ts';
import { DEFAULT_LIMITS } from '../../src/http/server-config.ts';
import { type Api, ask, type Company, found, ORIGIN, receive, signIn, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

describe('the first visit', () => {
  const wish = { workspaceName: 'Acme', name: 'Ada', email: 'ada@first.example', password: 'a good password' };

  test('makes the workspace, once, with the token from the log', async () => {
    const fresh = await startApi();
    onTestFinished(() => fresh.close());
    const token = fresh.deps.setupToken.value!;
    expect((await ask(fresh, 'GET /api/v1/setup')).body).toEqual({ needed: true });
    const guess = await ask(fresh, 'POST /api/v1/setup', { body: { ...wish, token: 'a guess' } });
    expect(guess.status).toBe(403);

    const tries = await Promise.all(
      Array.from({ length: 5 }, () => ask(fresh, 'POST /api/v1/setup', { body: { ...wish, token } })),
    );
    expect(tries.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await ask(fresh, 'GET /api/v1/setup')).body).toEqual({ needed: false });
    expect((await ask(fresh, 'POST /api/v1/setup', { body: { ...wish, token } })).status).toBe(403);

    const cookie = await signIn(fresh, wish.email, wish.password);
    const me = await ask(fresh, 'GET /api/v1/me', { headers: { cookie } });
    expect(me.body).toMatchObject({ role: 'owner', workspace: { name: 'Acme' } });
  });

  test('is not offered where there is a workspace', async () => {
    expect((await ask(api, 'GET /api/v1/setup')).body).toEqual({ needed: false });
    const token = api.deps.setupToken.value!;
    expect((await ask(api, 'POST /api/v1/setup', { body: { ...wish, token } })).status).toBe(409);
  });

  test('shows the accounts of a demo', async () => {
    const demoAccounts = [{ name: 'Ada', email: 'ada@demo.example', password: 'demo', role: 'owner' as const }];
    const demo = await startApi({ demoAccounts });
    onTestFinished(() => demo.close());
    expect((await ask(demo, 'GET /api/v1/setup')).body).toMatchObject({ demoAccounts });
  });
});

describe('a visitor', () => {
  const visit = (headers: Record<string, string> = {}, method = 'POST') =>
    ask(api, `${method} /api/v1/channels/${acme.webchat.id}/visitors`, {
      headers,
      ...(method === 'POST' ? { body: { name: 'Vera' } } : {}),
    });

  test('gets a token that stands for one conversation', async () => {
    const { status, body } = await visit({ origin: ORIGIN });
    expect(status).toBe(201);
    expect(api.deps.visitorTokens.verify(body.token)).toMatchObject({
      workspaceId: acme.workspaceId,
      channelId: acme.webchat.id,
      conversationId: body.conversationId,
    });
    const seen = await ask(api, `GET /api/v1/conversations/${body.conversationId}`, { bearer: acme.people.owner.key });
    expect(seen.body).toMatchObject({ customer: { name: 'Vera' }, state: 'agentActive' });
    expect((await visit()).body.conversationId).not.toBe(body.conversationId);
  });

  test('comes from the pages that the channel allows, and browsers are told so', async () => {
    const stranger = { origin: 'https://shop.example' };
    expect(await visit(stranger)).toMatchObject({ status: 403, body: { code: 'bad_origin' } });
    expect((await visit(stranger, 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();

    const settings = { allowedOrigins: ['https://shop.example'] };
    const path = `PATCH /api/v1/channels/${acme.webchat.id}`;
    await ask(api, path, { bearer: acme.people.owner.key, body: { settings } });
    const preflight = await visit(stranger, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type/i);
    const welcome = await visit(stranger);
    expect(welcome.status).toBe(201);
    expect(welcome.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await visit({ origin: 'https://shop.example.evil.example' })).status).toBe(403);
    const wrong = await ask(api, `POST /api/v1/channels/${acme.webchat.id}/visitors`, { headers: stranger, body: '{' });
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('is told by every page that a channel is gone', async () => {
    const at = (method: string) => `${method} /api/v1/channels/${acme.http.id}/visitors`;
    const headers = { origin: 'https://anywhere.example' };
    const preflight = await ask(api, at('OPTIONS'), { headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, headers.origin]);
    const gone = await ask(api, at('POST'), { headers, body: {} });
    expect([gone.status, gone.headers.get('access-control-allow-origin')]).toEqual([404, headers.origin]);
  });

  test('has no way in by a channel of another kind', async () => {
    expect((await ask(api, `POST /api/v1/channels/${acme.http.id}/visitors`, { body: {} })).status).toBe(404);
  });

  test('has a token that nobody can make or change', async () => {
    const { token } = (await visit()).body;
    const { verify, issue } = api.deps.visitorTokens;
    const [payload, signature] = token.split('.');
    const other = issue({ workspaceId: 'w', channelId: 'c', conversationId: 'v', customerId: 'u' }).split('.')[0];
    for (const forged of [
      '',
      '.',
      'x',
      `${payload}.`,
      `${payload}.x`,
      `${other}.${signature}`,
      `${token}.x`,
      `.${signature}`,
    ]) {
      expect(verify(forged)).toBeNull();
    }
  });
});

describe('too much', () => {
  const limits = { ...DEFAULT_LIMITS, perCaller: 1, perChannel: 2, perAddress: 1 };

  test('is 429 with a time to come back: per caller, per channel, per address', async () => {
    const strict = await startApi({ limits });
    onTestFinished(() => strict.close());
    const company = await found(strict);
    const until429 = async (act: () => ReturnType<typeof ask>, most: number) => {
      for (let n = 0; n <= most; n++) {
        const answer = await act();
        if (answer.status === 429) return { n, answer };
      }
      throw new Error('was never refused');
    };
    const me = await until429(() => ask(strict, 'GET /api/v1/me', { bearer: company.people.owner.key }), 10);
    expect(me.n).toBe(10);
    expect(me.answer.body.code).toBe('rate_limited');
    expect(Number(me.answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // Others are not in its way.
    expect((await ask(strict, 'GET /api/v1/me', { bearer: company.people.teammate.key })).status).toBe(200);

    expect((await until429(() => receive(strict, company), 20)).n).toBe(20);
    const visit = () =>
      ask(strict, `POST /api/v1/channels/${company.webchat.id}/visitors`, { body: {}, address: '203.0.113.9' });
    expect((await until429(visit, 10)).n).toBe(10);
  });

  test.each([
    { believed: 'from a trusted proxy', list: '203.0.113.0/24', statuses: [201, 201, 201] },
    { believed: 'from nobody else', list: 'loopback', statuses: [201, 429, 429] },
  ])('X-Forwarded-For tells visitors apart when it comes $believed', async ({ list, statuses }) => {
    const proxies = trustedProxies(list);
    if (proxies === null) throw new Error('not a list');
    // One visitor in ten seconds and address.
    const strict = await startApi({ limits: { ...limits, perAddress: 0.1 }, trustedProxies: proxies });
    onTestFinished(() => strict.close());
    const company = await found(strict);
    const visits = ['198.51.100.1', '198.51.100.2', '198.51.100.3'].map((from) =>
      ask(strict, `POST /api/v1/channels/${company.webchat.id}/visitors`, {
        body: {},
        address: '203.0.113.9',
        headers: { 'x-forwarded-for': from },
      }),
    );
    expect((await Promise.all(visits)).map(({ status }) => status)).toEqual(statuses);
  });
});

test('requests are measured by the route that answered them', async () => {
  const bearer = acme.people.owner.key;
  await ask(api, 'GET /api/v1/conversations/counts', { bearer });
  await ask(api, `GET /api/v1/conversations/${crypto.randomUUID()}`, { bearer });
  const { body } = await ask(api, 'GET /metrics', { address: '127.0.0.1' });
  expect(body).toContain('route="/api/v1/conversations/counts",status="200"');
  expect(body).toContain('route="/api/v1/conversations/:id",status="404"');
});

test('operators: alive, ready, and figures for this machine or who has the token', async () => {
  expect((await ask(api, 'GET /healthz')).status).toBe(200);
  expect((await ask(api, 'GET /readyz')).status).toBe(200);
  const figures = (more: object) => ask(api, 'GET /metrics', more);
  expect((await figures({ address: '203.0.113.9' })).status).toBe(401);
  expect((await figures({ address: '127.0.0.1' })).body).toContain('baton_http_request_seconds');
  expect((await figures({ address: '::ffff:127.0.0.1' })).status).toBe(200);
  // A proxy on this machine hands on what strangers ask.
  expect((await figures({ address: '127.0.0.1', headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(401);

  const open = await startApi({ metricsToken: 'the-token-of-the-scraper' });
  onTestFinished(() => open.close());
  const scrape = (bearer: string) => ask(open, 'GET /metrics', { address: '203.0.113.9', bearer });
  expect((await scrape('the-token-of-the-scraper')).status).toBe(200);
  expect((await scrape('another')).status).toBe(401);
});

test('the API is described, for programs and for people', async () => {
  const { status, body } = await ask(api, 'GET /api/v1/openapi.json');
  expect(status).toBe(200);
  expect(body.openapi).toBe('3.1.0');
  expect(body.paths['/api/v1/conversations/{id}/messages'].post.responses).toHaveProperty('201');
  expect(Object.keys(body.webhooks)).toEqual(['callbackUrl of an HTTP channel', 'url of a webhook agent']);
  const page = await ask(api, 'GET /api/docs');
  expect(page.status).toBe(200);
  expect(page.body).toContain('/api/v1/conversations/{id}/agent-replies');
  expect(page.body).toContain('curl -X PUT $BATON/api/v1/conversations/{id}/agent-replies');
  expect(page.body).toContain('Ask a webhook agent for the reply to a turn');
  expect(page.body).not.toMatch(/<script|https?:\/\/[^"'<]*cdn/);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
});

test('every answer of the API says how it may be used', async () => {
  const { headers } = await ask(api, 'GET /api/v1/me', { bearer: acme.people.owner.key });
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

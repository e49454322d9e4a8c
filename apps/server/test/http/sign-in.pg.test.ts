import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Api, ask, type Company, found, ORIGIN, PASSWORD, signIn, startApi } from './api-fixture.ts';

let api: Api;
let acme: Company;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
});

afterAll(() => api.close());

const withCookie = (route: string, cookie: string, more: { origin?: string; body?: unknown } = {}) =>
  ask(api, route, {
    body: more.body,
    headers: { cookie, ...(more.origin === undefined ? {} : { origin: more.origin }) },
  });

/** A teammate of their own for a test that ends them. */
async function hire(): Promise<{ id: string; email: string }> {
  const body = { name: 'Temp', email: `temp${crypto.randomUUID()}@acme.example`, password: PASSWORD, role: 'teammate' };
  const answer = await ask(api, 'POST /api/v1/teammates', { bearer: acme.people.owner.key, body });
  return answer.body;
}

test('who signs in is known by the cookie, and by nothing that a script can read', async () => {
  const { email } = acme.people.supervisor;
  const answer = await ask(api, 'POST /api/auth/sign-in/email', {
    body: { email, password: PASSWORD },
    headers: { origin: ORIGIN },
  });
  expect(answer.status).toBe(200);
  expect(JSON.stringify(answer.body)).not.toContain('token');
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);

  const me = await withCookie('GET /api/v1/me', await signIn(api, email));
  expect(me).toMatchObject({ status: 200, body: { role: 'supervisor', teammate: { email } } });
  const session = await withCookie('GET /api/auth/get-session', await signIn(api, email));
  expect(session.body).toMatchObject({ user: { email } });
  expect(JSON.stringify(session.body)).not.toContain('token');
});

test('over https the cookie is Secure', async () => {
  const secure = await startApi({ publicUrl: 'https://inbox.example.com' });
  onTestFinished(() => secure.close());
  const { people } = await found(secure);
  const answer = await ask(secure, 'POST /api/auth/sign-in/email', {
    body: { email: people.owner.email, password: PASSWORD },
    headers: { origin: 'https://inbox.example.com' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-.*Secure/i);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age');
});

test('a wrong password and an unknown address get the same answer', async () => {
  const attempt = (email: string) =>
    ask(api, 'POST /api/auth/sign-in/email', { body: { email, password: 'not the right one' } });
  const wrong = await attempt(acme.people.owner.email);
  const unknown = await attempt('nobody@acme.example');
  expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  expect(unknown.body).toEqual(wrong.body);
});

test('guessing at one account is slowed down, wherever it comes from', async () => {
  const { email } = await hire();
  const attempt = () => ask(api, 'POST /api/auth/sign-in/email', { body: { email, password: 'a guess' } });
  let last = await attempt();
  for (let guesses = 1; last.status === 401 && guesses < 40; guesses++) last = await attempt();
  expect(last).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('slows down guesses from one address for all accounts and ignores claimed addresses', async () => {
  const attempt = (guess: number) =>
    ask(api, 'POST /api/auth/sign-in/email', {
      body: { email: `guess${guess}@acme.example`, password: 'a guess' },
      headers: { 'x-forwarded-for': `10.0.0.${guess}`, 'x-baton-address': `10.0.1.${guess}` },
      address: '203.0.113.7',
    });
  const answers = [];
  for (let guess = 0; guess < 25; guess++) answers.push(await attempt(guess));
  expect(answers.at(0)?.status).toBe(401);
  expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
});

test.each([
  'POST /api/auth/sign-up/email',
  'POST /api/auth/update-user',
  'POST /api/auth/delete-user',
  'POST /api/auth/request-password-reset',
  'GET /api/auth/list-sessions',
  'GET /api/auth/error',
  'POST /api/auth//sign-up/email',
  'POST /api/auth/sign-in/email/',
  'POST /api/auth/sign-in/social',
])('%s is not offered', async (route) => {
  const body = { name: 'Eve', email: 'eve@example.com', password: PASSWORD };
  const { status } = await ask(api, route, route.startsWith('POST') ? { body, headers: { origin: ORIGIN } } : {});
  expect(status).toBe(404);
});

describe('an unsafe request with a cookie', () => {
  const typing = 'POST /api/v1/knowledge';
  const body = { question: 'q', answer: 'a' };

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'is heard from %s',
    async (origin) => {
      const cookie = await signIn(api, acme.people.owner.email);
      expect((await withCookie(typing, cookie, { origin, body })).status).toBe(201);
    },
  );

  test.each([
    undefined,
    'null',
    'http://evil.example',
    'http://localhost:3001',
    'https://localhost:3000',
    'http://localhost:3000.evil.example',
  ])('is refused from %s', async (origin) => {
    const cookie = await signIn(api, acme.people.owner.email);
    const answer = await withCookie(typing, cookie, { origin, body });
    expect(answer).toMatchObject({ status: 403, body: { code: 'bad_origin' } });
    const signOut = await withCookie('POST /api/auth/sign-out', cookie, { origin });
    expect(signOut.status).toBe(403);
  });

  test('is refused whatever the environment says', async () => {
    const before = { ...process.env };
    onTestFinished(() => {
      process.env = before;
    });
    Object.assign(process.env, {
      TEST: '1',
      NODE_ENV: 'test',
      BETTER_AUTH_TRUSTED_ORIGINS: 'http://evil.example',
      BETTER_AUTH_URL: 'http://evil.example',
    });
    const other = await startApi();
    onTestFinished(() => other.close());
    const { people } = await found(other);
    const cookie = await signIn(other, people.owner.email);
    const headers = { cookie, origin: 'http://evil.example' };
    for (const route of ['POST /api/v1/knowledge', 'POST /api/auth/sign-out', 'POST /api/auth/change-password']) {
      expect((await ask(other, route, { body, headers })).status).toBe(403);
    }
  });

  test('is refused by better-auth too, should our own check ever be gone', async () => {
    const before = { ...process.env };
    onTestFinished(() => {
      process.env = before;
    });
    Object.assign(process.env, { TEST: '1', NODE_ENV: 'test' });
    const other = await startApi();
    onTestFinished(() => other.close());
    const { people } = await found(other);
    const request = new Request(`${ORIGIN}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://evil.example', cookie: 'a=b' },
      body: JSON.stringify({ email: people.owner.email, password: PASSWORD }),
    });
    await expect(other.deps.auth.handle(request, null)).rejects.toMatchObject({ problem: { code: 'bad_origin' } });
  });
});

test('a key needs no origin: no browser sends it by itself', async () => {
  const body = { question: 'q', answer: 'a' };
  const headers = { origin: 'http://evil.example' };
  const answer = await ask(api, 'POST /api/v1/knowledge', { bearer: acme.people.owner.key, body, headers });
  expect(answer.status).toBe(201);
});

test('a wrong key is not made good by a right cookie', async () => {
  const cookie = await signIn(api, acme.people.owner.email);
  expect((await ask(api, 'GET /api/v1/me', { bearer: 'wrong', headers: { cookie } })).status).toBe(401);
});

test('[SEE-5] signing out ends the session at once', async () => {
  const cookie = await signIn(api, acme.people.owner.email);
  expect((await withCookie('POST /api/auth/sign-out', cookie, { origin: ORIGIN })).status).toBe(200);
  expect((await withCookie('GET /api/v1/me', cookie)).status).toBe(401);
});

test('[SEE-5] a forged cookie is nobody', async () => {
  const cookie = await signIn(api, acme.people.owner.email);
  expect((await withCookie('GET /api/v1/me', cookie.replace(/\.[^.]*$/, '.forged'))).status).toBe(401);
  expect((await withCookie('GET /api/v1/me', 'baton.session_token=x')).status).toBe(401);
});

test('[SEE-5] a new password ends the other sessions', async () => {
  const { email } = await hire();
  const [one, other] = [await signIn(api, email), await signIn(api, email)];
  const body = { currentPassword: PASSWORD, newPassword: 'another good one', revokeOtherSessions: false };
  const changed = await withCookie('POST /api/auth/change-password', one, { origin: ORIGIN, body });
  expect(changed.status).toBe(200);
  expect((await withCookie('GET /api/v1/me', other)).status).toBe(401);
});

test('[SEE-5] the other sessions of a person end when they say so, and nobody else’s', async () => {
  const { email } = await hire();
  const [one, other, owner] = [
    await signIn(api, email),
    await signIn(api, email),
    await signIn(api, acme.people.owner.email),
  ];
  const ended = await withCookie('POST /api/auth/revoke-other-sessions', one, { origin: ORIGIN, body: {} });
  expect(ended.status).toBe(200);
  expect((await withCookie('GET /api/v1/me', other)).status).toBe(401);
  for (const cookie of [one, owner]) expect((await withCookie('GET /api/v1/me', cookie)).status).toBe(200);
  const stranger = await ask(api, 'POST /api/auth/revoke-other-sessions', { headers: { origin: ORIGIN }, body: {} });
  expect(stranger.status).toBe(401);
});

test('people change their own name, which is not blank', async () => {
  const { email } = await hire();
  const cookie = await signIn(api, email);
  const change = (name: unknown) => withCookie('PATCH /api/v1/me', cookie, { origin: ORIGIN, body: { name } });
  expect(await change('Zoë García')).toMatchObject({ status: 200, body: { teammate: { name: 'Zoë García', email } } });
  expect((await withCookie('GET /api/v1/me', cookie)).body.teammate.name).toBe('Zoë García');
  for (const wrong of ['', '  ', 'x'.repeat(201), 7]) expect((await change(wrong)).status).toBe(422);
});

test('[SEE-5] a revoked teammate is out at once: sessions, keys and password', async () => {
  const bearer = acme.people.owner.key;
  const { id, email } = await hire();
  const cookie = await signIn(api, email);
  const { body: made } = await ask(api, 'POST /api/v1/api-keys', { bearer, body: { name: 'k', teammateId: id } });
  expect((await ask(api, 'GET /api/v1/me', { bearer: made.key })).status).toBe(200);

  expect((await ask(api, `DELETE /api/v1/teammates/${id}`, { bearer })).status).toBe(204);
  expect((await withCookie('GET /api/v1/me', cookie)).status).toBe(401);
  expect((await ask(api, 'GET /api/v1/me', { bearer: made.key })).status).toBe(401);
  const again = await ask(api, 'POST /api/auth/sign-in/email', { body: { email, password: PASSWORD } });
  expect(again.status).toBe(401);
});

test('[SEE-5] a revoked key is out at once, and a key is never shown again', async () => {
  const bearer = acme.people.owner.key;
  const wanted = { name: 'temporary', teammateId: acme.people.teammate.id };
  const { body: made } = await ask(api, 'POST /api/v1/api-keys', { bearer, body: wanted });
  expect(await ask(api, 'GET /api/v1/me', { bearer: made.key })).toMatchObject({
    status: 200,
    body: { role: 'teammate' },
  });
  const list = await ask(api, 'GET /api/v1/api-keys', { bearer });
  expect(list.body.items).toContainEqual({ id: made.id, createdAt: expect.any(String), ...wanted });
  expect(JSON.stringify(list.body)).not.toContain(made.key);

  expect((await ask(api, `DELETE /api/v1/api-keys/${made.id}`, { bearer })).status).toBe(204);
  expect((await ask(api, 'GET /api/v1/me', { bearer: made.key })).status).toBe(401);
});

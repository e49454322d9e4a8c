import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reusablePort } from '../../../../packages/database/src/testing/reusable-port.ts';
import { createTestDatabase, type TestDatabase } from '../../../../packages/database/src/testing/test-database.ts';
import { ChildServer } from './child-server.ts';
import { Line } from '../../../../test-support/line.ts';

const SECRET_KEY = 'a key that only tests have, of enough length';
const ADMIN = {
  ADMIN_EMAIL: 'ada.moreau@example.com',
  ADMIN_PASSWORD: 'correct horse battery',
  ADMIN_API_KEY: 'key-of-the-operator-own-choice',
};
const AS_ADMIN = { headers: { authorization: `Bearer ${ADMIN.ADMIN_API_KEY}` } };

let database: TestDatabase;
let dataDir: string;
let children: ChildServer[];
let cleanUp: (() => unknown)[];
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  dataDir = await mkdtemp(join(tmpdir(), 'baton-main-'));
  children = [];
  cleanUp = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.end('SIGTERM')));
  for (const clean of cleanUp) clean();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function run(env: Record<string, string> = {}): ChildServer {
  const child = new ChildServer({ DATA_DIR: dataDir, ...env });
  children.push(child);
  return child;
}

const onDatabase = (more: Record<string, string> = {}) =>
  run({ DATABASE_URL: database.url, SECRET_KEY, ...ADMIN, ...more });

async function statusOf(url: string, options?: RequestInit): Promise<number> {
  const response = await fetch(url, options);
  await response.arrayBuffer();
  return response.status;
}

test('on an empty database it migrates, makes the owner, and says where it is', async () => {
  const address = await onDatabase().ready();
  expect(await statusOf(`${address}/healthz`)).toBe(200);
  expect(await statusOf(`${address}/readyz`)).toBe(200);
  const me = await (await fetch(`${address}/api/v1/me`, AS_ADMIN)).json();
  expect(me).toMatchObject({ teammate: { email: ADMIN.ADMIN_EMAIL, name: 'Ada Moreau' }, role: 'owner' });
});

test.each(['SIGTERM', 'SIGINT', 'disconnect'] as const)(
  'on %s it ends in good order within ten seconds',
  async (how) => {
    const child = onDatabase();
    const address = await child.ready();
    const began = performance.now();
    expect(await child.end(how)).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  },
);

test('[TIME-2] after kill -9 it goes on where it was', async () => {
  const first = onDatabase();
  const address = await first.ready();
  const send = (path: string, body: object) =>
    fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: { ...AS_ADMIN.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { id: agentId } = (await (await send('/agents', { name: 'Robot', backend: { kind: 'faq' } })).json()) as {
    id: string;
  };
  expect((await send('/channels', { kind: 'webchat', name: 'Chat', agentId })).status).toBe(201);
  await first.end('SIGKILL');
  const again = await onDatabase().ready();
  const channels = (await (await fetch(`${again}/api/v1/channels`, AS_ADMIN)).json()) as { items: unknown[] };
  expect(channels.items).toHaveLength(1);
});

test('without ADMIN_* the first visit needs the token from the log', async () => {
  const child = run({ DATABASE_URL: database.url, SECRET_KEY });
  const address = await child.ready();
  const [, token = ''] = await child.line(/set it up with (setup_[\w-]+)/);
  const setUp = (given: string) =>
    statusOf(`${address}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: given,
        workspaceName: 'Company',
        name: 'Ada',
        email: ADMIN.ADMIN_EMAIL,
        password: ADMIN.ADMIN_PASSWORD,
      }),
    });
  expect(await setUp('a guess')).toBe(403);
  expect(await setUp(token)).toBe(204);
  expect(await setUp(token)).toBe(403);
});

test('while the database is away it lives, says so, and comes back by itself', async () => {
  const line = await Line.to(database.url);
  cleanUp.push(() => line.close());
  const child = onDatabase({ DATABASE_URL: line.through(database.url) });
  const address = await child.ready();

  line.cut();
  await expect.poll(() => statusOf(`${address}/readyz`)).toBe(503);
  expect(await statusOf(`${address}/healthz`)).toBe(200);
  const refused = await fetch(`${address}/api/v1/me`, AS_ADMIN);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  await child.line(/the database: failing/);

  line.mend();
  await expect.poll(() => statusOf(`${address}/readyz`)).toBe(200);
  expect(await statusOf(`${address}/api/v1/me`, AS_ADMIN)).toBe(200);
  await child.line(/the database: works again/);
  // Said once, however often it was tried.
  expect(child.log.match(/the database: failing/g)).toHaveLength(1);
});

test('[SEE-5] what the log says of a failed query holds nothing that was asked with it', async () => {
  const line = await Line.to(database.url);
  cleanUp.push(() => line.close());
  const child = onDatabase({ DATABASE_URL: line.through(database.url) });
  const address = await child.ready();
  const signedIn = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }),
  });
  const [cookie = ''] = signedIn.headers.getSetCookie().map((set) => set.split(';')[0]);
  const [token = ''] = decodeURIComponent(cookie.split('=')[1] ?? '').split('.');
  expect(token).not.toBe('');

  line.cut();
  expect(await statusOf(`${address}/api/v1/me`, { headers: { cookie } })).toBe(503);
  await child.line(/the database is away: requests are rejected/);
  expect(child.log).toMatch(/Failed query: select/);
  expect(child.log).not.toContain(token);
  expect(child.log).not.toContain('params');
});

test('it waits for a database that is not there yet, and can be stopped while it waits', async () => {
  const line = await Line.to(database.url);
  cleanUp.push(() => line.close());
  line.cut();
  const port = await reusablePort();
  const child = onDatabase({ DATABASE_URL: line.through(database.url), PORT: String(port) });
  await child.line(/reaching the database: failing/);
  const address = `http://127.0.0.1:${port}`;
  expect(await statusOf(`${address}/healthz`)).toBe(200);
  expect(await statusOf(`${address}/readyz`)).toBe(503);
  expect(await statusOf(`${address}/api/v1/me`)).toBe(503);
  line.mend();
  expect(await child.ready()).toBe(address);

  line.cut();
  const waiting = onDatabase({ DATABASE_URL: line.through(database.url) });
  await waiting.line(/reaching the database: failing/);
  expect(await waiting.end('SIGTERM')).toBe(0);
});

test('what a person must mend is said in a sentence', async () => {
  const wrong = run({ PORT: 'eighty', DATABASE_URL: database.url });
  expect(await wrong.exit()).toBe(1);
  expect(wrong.log).toMatch(/PORT must be a port number/);
  expect(wrong.log).not.toContain('    at ');

  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const second = onDatabase({ PORT: String(port) });
  expect(await second.exit()).toBe(1);
  expect(second.log).toContain(`127.0.0.1:${port} is taken`);
});

test('with nothing set it brings its own database and a demo, also after kill -9', async () => {
  const first = run();
  const address = await first.ready();
  const setup = (await (await fetch(`${address}/api/v1/setup`)).json()) as { demoAccounts: object[] };
  expect(setup.demoAccounts).toHaveLength(3);
  const key = await stat(join(dataDir, 'secret-key'));
  expect(key.mode & 0o777).toBe(0o600);

  const beside = run();
  expect(await beside.exit()).toBe(1);
  expect(beside.log).toContain(`process ${first.pid}`);

  await first.end('SIGKILL');
  const again = run();
  const setupAgain = (await (await fetch(`${await again.ready()}/api/v1/setup`)).json()) as { demoAccounts: object[] };
  expect(setupAgain.demoAccounts).toHaveLength(3);
  expect(await again.end('SIGTERM')).toBe(0);
});

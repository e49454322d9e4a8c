import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, type Company, found, ORIGIN, PASSWORD, startApi } from './api-fixture.ts';

// Requests of Node's server are not those that `app.request` makes: bodies come in pieces, lengths may be missing.

let api: Api;
let acme: Company;
let server: Server;

beforeAll(async () => {
  api = await startApi();
  acme = await found(api);
  const listener = getRequestListener(api.app.fetch, { overrideGlobalObjects: false });
  server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

interface WireAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** `pieces` go out one by one, without a length unless one is among the headers. */
function send(route: string, headers: Record<string, string>, pieces: (string | Buffer)[] = []): Promise<WireAnswer> {
  const [method, path] = route.split(' ');
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = incoming.headers['content-type']?.includes('json');
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: isJson && text !== '' ? JSON.parse(text) : text,
        });
      });
    });
    outgoing.on('error', reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

const owner = () => ({ authorization: `Bearer ${acme.people.owner.key}`, 'content-type': 'application/json' });
const entry = JSON.stringify({ question: 'Wo? 🙂', answer: 'Hier.' });

test('a body with its length, and one in pieces that cut a character', async () => {
  const length = String(Buffer.byteLength(entry));
  const whole = await send('POST /api/v1/knowledge', { ...owner(), 'content-length': length }, [entry]);
  const bytes = Buffer.from(entry);
  const cut = bytes.indexOf(Buffer.from('🙂')) + 2;
  const pieces = await send('POST /api/v1/knowledge', owner(), [bytes.subarray(0, cut), bytes.subarray(cut)]);
  for (const answer of [whole, pieces]) expect(answer).toMatchObject({ status: 201, body: { question: 'Wo? 🙂' } });
});

test('a body above 256 KB is 413, announced or not', async () => {
  const large = Buffer.from(JSON.stringify({ question: 'x'.repeat(262_144), answer: 'y' }));
  const announced = await send('POST /api/v1/knowledge', { ...owner(), 'content-length': String(large.length) }, [
    large,
  ]);
  const pieces = await send('POST /api/v1/knowledge', owner(), [large]);
  for (const answer of [announced, pieces]) expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
});

test('no body where one is needed is 400, and none where none is needed is fine', async () => {
  expect(await send('POST /api/v1/knowledge', owner())).toMatchObject({
    status: 400,
    body: { code: 'malformed_json' },
  });
  const made = await send('POST /api/v1/knowledge', owner(), [entry]);
  const { authorization } = owner();
  expect((await send(`DELETE /api/v1/knowledge/${made.body.id}`, { authorization })).status).toBe(204);
});

test('a body that does not say what it is, is 400', async () => {
  const { authorization } = owner();
  const sized = { authorization, 'content-length': String(Buffer.byteLength(entry)) };
  for (const headers of [{ authorization }, sized] satisfies Record<string, string>[]) {
    expect(await send('POST /api/v1/knowledge', headers, [entry])).toMatchObject({ status: 400 });
  }
});

test('signing in and out', async () => {
  const credentials = JSON.stringify({ email: acme.people.owner.email, password: PASSWORD });
  const json = { 'content-type': 'application/json', origin: ORIGIN };
  const signedIn = await send('POST /api/auth/sign-in/email', json, [credentials]);
  expect(signedIn.status).toBe(200);
  const cookie = [signedIn.headers['set-cookie']]
    .flat()
    .map((one) => one?.split(';')[0])
    .join('; ');
  expect((await send('GET /api/v1/me', { cookie })).body).toMatchObject({ role: 'owner' });
  expect((await send('POST /api/auth/sign-out', { cookie, origin: ORIGIN })).status).toBe(200);
  expect((await send('GET /api/v1/me', { cookie })).status).toBe(401);
});

test('figures are for this machine, and a proxy on it is not this machine', async () => {
  expect((await send('GET /metrics', {})).status).toBe(200);
  expect((await send('GET /metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
});

test('what is not HTTP as it should be is no crash', async () => {
  expect((await send('GET /api/v1/conversations?q=%ff%fe', owner())).status).toBe(200);
  expect((await send('GET /api/v1/%2e%2e/%2e%2e/etc/passwd', owner())).status).toBe(404);
  expect((await send('GET //api/v1/me', owner())).status).toBe(404);
  expect((await send('HEAD /api/v1/me', owner())).status).toBe(200);
  expect((await send('OPTIONS /api/v1/me', owner())).status).toBe(405);
});

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Api, ask, type Company, found, startApi } from './api-fixture.ts';

let api: Api;
let webhook: Server;
let asked: string[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  api = await startApi({ allowPrivateNetwork: true });
  webhook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(body);
      answer(response);
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
});
afterEach(() => (asked = []));
afterAll(async () => {
  webhook.closeAllConnections();
  webhook.close();
  await api.close();
});

const address = () => `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/reply`;
const saying =
  (body: string, status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status).end(body);

const asSupervisor = ({ people }: Company, route: string, body?: unknown) =>
  ask(api, route.replace(' /', ' /api/v1/'), { bearer: people.supervisor.key, body });
const tryIt = (company: Company, text: unknown = 'Where is my parcel?') =>
  asSupervisor(company, `POST /agents/${company.agentId}/test`, { text });

async function onWebhook(backend: Record<string, unknown> = {}): Promise<Company> {
  const company = await found(api);
  const changed = { backend: { kind: 'webhook', url: address(), ...backend } };
  const { status } = await asSupervisor(company, `PATCH /agents/${company.agentId}`, changed);
  expect(status).toBe(200);
  return company;
}

test('the FAQ agent answers from the knowledge of now, and hands over what it does not know', async () => {
  const company = await found(api);
  const parcel = { question: 'Where is my parcel?', answer: 'On its way.' };
  expect((await asSupervisor(company, 'POST /knowledge', parcel)).status).toBe(201);
  const known = await tryIt(company);
  expect(known).toMatchObject({ status: 200, body: { ok: true, kind: 'reply', tookMs: expect.any(Number) } });
  expect(known.body.text).toContain('On its way.');
  expect((await tryIt(company, 'Zebra quantum xylophone?')).body).toMatchObject({ ok: true, kind: 'handoff' });
  expect((await asSupervisor(company, 'GET /conversations')).body.items).toEqual([]);
});

test('a webhook is told that it is a test, and its answer comes back with its kind', async () => {
  const company = await onWebhook();
  answer = saying('{"reply": {"text": "It is here."}}');
  expect((await tryIt(company)).body).toMatchObject({ ok: true, kind: 'reply', text: 'It is here.', reason: null });
  const [sent] = asked.map((body) => JSON.parse(body));
  expect(sent.waiting.map(({ text }: { text: string }) => text)).toEqual(['Where is my parcel?']);
  expect(sent.facts.join()).toContain('test');
  answer = saying('{"handoff": {"reason": "angry"}}');
  expect((await tryIt(company)).body).toMatchObject({ ok: true, kind: 'handoff', text: null, reason: 'angry' });
  answer = saying('{"silence": true}');
  expect((await tryIt(company)).body).toMatchObject({ ok: true, kind: 'silence', text: null });
});

test.each([
  ['no JSON', 'oops', 200, { kind: 'notJson' }],
  ['a wrong shape', '{"answer": "x"}', 200, { kind: 'wrongShape', detail: expect.stringContaining('reply') }],
  ['a status', '{}', 503, { kind: 'status', status: 503 }],
])('a webhook that answers with %s is named as what it is', async (_, body, status, failure) => {
  const company = await onWebhook();
  answer = saying(body, status);
  expect(await tryIt(company)).toMatchObject({ status: 200, body: { ok: false, failure, error: expect.any(String) } });
});

test('a webhook that keeps silent is a timeout after the agent’s own limit', async () => {
  const company = await onWebhook({ timeoutSeconds: 1 });
  answer = () => {};
  const { body } = await tryIt(company);
  expect(body).toMatchObject({ ok: false, failure: { kind: 'timeout', seconds: 1 } });
  expect(body.tookMs).toBeGreaterThanOrEqual(900);
});

test('cloud metadata is never called, and nobody at the address is said', async () => {
  const metadata = await onWebhook({ url: 'http://169.254.169.254/latest' });
  expect((await tryIt(metadata)).body).toMatchObject({ ok: false, failure: { kind: 'refusedAddress' } });
  const nobody = await onWebhook({ url: 'http://127.0.0.1:1/' });
  expect((await tryIt(nobody)).body).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
});

test('a question is text of 1 to 1 000 characters, and too many in a row are refused', async () => {
  const company = await found(api);
  for (const text of ['', '  ', 'x'.repeat(1_001), 7]) expect((await tryIt(company, text)).status).toBe(422);
  expect((await tryIt(company, 'x'.repeat(1_000))).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 10 }, () => tryIt(company)));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body.code).toBe('rate_limited');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '@baton/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, createClient } from '../src/http-client.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}

let server: Server;
let baseUrl: string;
let seen: Seen[];
let respond: (response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  respond = (response) => response.end('{}');
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method, url, headers } = request;
      seen.push({ method, url, authorization: headers.authorization, body });
      respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

test('sends path, query, body and token of an operation', async () => {
  const client = createClient({ baseUrl, token: 'key' });
  await client.listMessages({ id: 'a/b', query: { after: 3, limit: undefined } });
  await client.sendMessage({ id: 'c', body: { text: 'Hi', clientMessageId: '1', force: true } });
  expect(seen).toEqual([
    { method: 'GET', url: '/api/v1/conversations/a%2Fb/messages?after=3', authorization: 'Bearer key', body: '' },
    {
      method: 'POST',
      url: '/api/v1/conversations/c/messages',
      authorization: 'Bearer key',
      body: '{"text":"Hi","clientMessageId":"1","force":true}',
    },
  ]);
});

test('types answers by the OpenAPI document', async () => {
  respond = (response) => response.end('{"id": "m", "seq": 7}');
  const answer: Answer<Message> = await createClient({ baseUrl }).sendMessage({
    id: 'c',
    body: { text: 'Hi', clientMessageId: '1' },
  });
  expect(answer).toMatchObject({ ok: true, data: { seq: 7 } });
  // @ts-expect-error -- a message needs a text
  await createClient({ baseUrl }).sendMessage({ id: 'c', body: { clientMessageId: '1' } });
});

test('answers undefined where the response has no body', async () => {
  respond = (response) => response.writeHead(204).end();
  expect(await createClient({ baseUrl }).revokeApiKey({ id: 'k' })).toEqual({ ok: true, data: undefined });
});

test('returns the problem and the time to wait', async () => {
  const problem = { type: 'about:blank', status: 429, code: 'rate_limited', title: 'Too many requests' };
  respond = (response) => response.writeHead(429, { 'retry-after': '2' }).end(JSON.stringify(problem));
  expect(await createClient({ baseUrl }).getMe()).toEqual({ ok: false, problem, retryAfterMs: 2_000 });
});

test.each([
  [401, 'unauthenticated'],
  [404, 'not_found'],
  [418, 'internal'],
  [502, 'unavailable'],
])('maps a %i without a problem document to %s', async (status, code) => {
  respond = (response) => response.writeHead(status).end('<html>');
  expect(await createClient({ baseUrl }).getMe()).toMatchObject({ ok: false, problem: { code } });
});

test('answers unavailable if the server is unreachable, silent or aborted', async () => {
  const unavailable = { ok: false, problem: { code: 'unavailable' } };
  respond = () => {};
  expect(await createClient({ baseUrl, timeoutMs: 20 }).getMe()).toMatchObject(unavailable);
  const signal = AbortSignal.abort();
  expect(await createClient({ baseUrl }).getMe({}, { signal })).toMatchObject(unavailable);
  server.closeAllConnections();
  server.close();
  expect(await createClient({ baseUrl }).getMe()).toMatchObject(unavailable);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutboundClient, standardSecret, type OutboundClient } from '@baton/outbound-http';
import {
  hangUp,
  json,
  neverAnswer,
  startLocalServer,
  type Handler,
  type LocalServer,
} from '@baton/outbound-http/testing';
import { Webhook } from 'standardwebhooks';
import type { AgentBackendSettingsOf } from '@baton/protocol';
import { createBackend } from '../src/agent-backend-modules.ts';
import { backendContract } from './backend-contract.ts';
import { requestOf } from './requests.ts';

const SECRET = 'hunter2 ñ';
const signal = new AbortController().signal;

describe('the webhook agent', () => {
  let server: LocalServer;
  let http: OutboundClient;
  beforeEach(async () => {
    server = await startLocalServer(json(200, { reply: { text: 'Hello!' } }));
    http = createOutboundClient({ allowPrivateNetwork: true });
  });
  afterEach(async () => {
    http.close();
    await server.close();
  });

  function backend(config: Partial<AgentBackendSettingsOf<'webhook'>> = {}, client = http) {
    const knowledge = { current: () => expect.unreachable('a webhook agent has no knowledge base') };
    const full = { kind: 'webhook', url: `${server.url}/agent?key=url-secret`, secret: SECRET, ...config } as const;
    return createBackend(full, { http: client, now: Date.now, knowledge });
  }
  const request = requestOf('my card number is 4111');

  const answeringWith = (handler: Handler) => {
    server.answer(handler);
    return { backend: backend(), request };
  };

  backendContract({
    secrets: [SECRET, 'url-secret', '127.0.0.1', 'upstream said'],
    answering: async () => ({ ...answeringWith(json(200, { reply: { text: 'Hello!' } })), text: 'Hello!' }),
    handingOff: async () => answeringWith(json(200, { handoff: { reason: 'angry', text: 'One moment.' } })),
    silent: async () => answeringWith(json(200, { silence: true })),
    malformed: async () => answeringWith(json(200, { reply: { text: 'upstream said \u0000' } })),
    failing: async () => answeringWith(hangUp),
    hanging: async () => ({
      ...answeringWith(neverAnswer),
      waiting: server.nextRequest(),
      released: server.nextHangUp(),
    }),
  });

  it('posts exactly the public fields', async () => {
    const more = { ...request, notes: ['only for the team'] };
    await backend().reply(more, signal);
    expect(server.received[0]).toMatchObject({ method: 'POST', path: '/agent?key=url-secret' });
    expect(JSON.parse(server.received[0]!.body)).toEqual(request);
  });

  it.each([SECRET, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'plain'])('signs with the secret %j', async (secret) => {
    await backend({ secret }).reply(request, signal);
    const { headers, body } = server.received[0]!;
    const receiver = new Webhook(standardSecret(secret));
    expect(receiver.verify(body, headers as Record<string, string>)).toEqual(request);
  });

  it('keeps the webhook-id on a retry of the same turn only', async () => {
    await backend().reply(request, signal);
    await backend().reply(request, signal);
    await backend().reply({ ...request, turn: request.turn + 1 }, signal);
    const [first, again, next] = server.received.map(({ headers }) => headers['webhook-id']);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  it('does not sign without a secret', async () => {
    await backend({ secret: undefined }).reply(request, signal);
    expect(Object.keys(server.received[0]!.headers).filter((name) => name.startsWith('webhook-'))).toEqual([]);
  });

  it.each([
    ['an error status', json(500, { reply: { text: 'hi' } }), { kind: 'status', status: 500 }],
    ['a client error', json(404, {}), { kind: 'status', status: 404 }],
    ['a redirect', json(302, {}, { location: 'https://example.com/' }), { kind: 'redirect', status: 302 }],
    ['no JSON', (response) => void response.end('<html>'), { kind: 'notJson' }],
    ['nothing', (response) => void response.writeHead(204).end(), { kind: 'notJson' }],
    ['too much', (response) => void response.end(`"${'x'.repeat(65_536)}"`), { kind: 'tooLarge', limitBytes: 65_536 }],
    ['a cut connection', hangUp, { kind: 'unreachable' }],
    ['null', json(200, null), { kind: 'wrongShape' }],
    ['a bare text', json(200, 'Hello'), { kind: 'wrongShape' }],
    ['an array', json(200, [{ reply: { text: 'hi' } }]), { kind: 'wrongShape' }],
    ['an unknown field', json(200, { text: 'hi' }), { kind: 'wrongShape' }],
    ['two answers', json(200, { reply: { text: 'hi' }, silence: true }), { kind: 'wrongShape' }],
    ['a blank text', json(200, { reply: { text: ' \n' } }), { kind: 'wrongShape' }],
    ['a number as text', json(200, { reply: { text: 7 } }), { kind: 'wrongShape' }],
    ['a lone surrogate', (response) => void response.end('{"reply":{"text":"\\ud800"}}'), { kind: 'wrongShape' }],
    ['too long a text', json(200, { reply: { text: 'x'.repeat(10_001) } }), { kind: 'wrongShape' }],
    ['a false silence', json(200, { silence: false }), { kind: 'wrongShape' }],
    ['a handoff without reason', json(200, { handoff: {} }), { kind: 'wrongShape' }],
    ['NUL in a reason', json(200, { handoff: { reason: 'a\u0000' } }), { kind: 'wrongShape' }],
    ['inherited fields', (response) => void response.end('{"__proto__":{"silence":true}}'), { kind: 'wrongShape' }],
  ] satisfies [string, Handler, object][])('rejects %s', async (_what, handler, failure) => {
    server.answer(handler);
    await expect(backend().reply(request, signal)).rejects.toMatchObject({ name: 'AgentError', failure });
  });

  it('accepts a handoff without closing text and ignores other fields', async () => {
    server.answer(json(201, { handoff: { reason: 'angry' }, trace: 'x' }));
    expect(await backend().reply(request, signal)).toEqual({ kind: 'handoff', reason: 'angry', text: null });
  });

  it('reports a streamed answer as it grows, and takes its last line', async () => {
    const bits = ['Your par', 'cel is in Berlín. 🙂', ' Anything else?'];
    const lines = [...bits.map((text) => ({ delta: { text } })), { reply: { text: 'Final.' } }];
    server.answer((response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
    const told: string[] = [];
    const reply = await backend().reply(request, signal, (text) => told.push(text));
    expect(reply).toEqual({ kind: 'reply', text: 'Final.' });
    expect(told.at(-1)).toBe(bits.join(''));
  });

  it('[TURN-3] has reported the partial text when aborted in the middle', async () => {
    const caller = new AbortController();
    server.answer((response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('{"delta":{"text":"Your parcel"}}\n{"delta":{"text":" is');
    });
    const told: string[] = [];
    const closed = server.nextHangUp();
    const reply = backend().reply(request, caller.signal, (text) => {
      told.push(text);
      caller.abort(new Error('taken over'));
    });
    await expect(reply).rejects.toThrow('taken over');
    await closed;
    expect(told).toEqual(['Your parcel']);
  });

  it.each<[string, string, object]>([
    ['no answer', '{"delta":{"text":"Your"}}\n', { kind: 'wrongShape' }],
    ['a line cut off', '{"delta":{"text":"Your"}}\n{"reply":{"te', { kind: 'notJson' }],
    ['nothing at all', '\n\n', { kind: 'notJson' }],
  ])('fails on a stream that ends with %s', async (_what, body, failure) => {
    server.answer((response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(body);
    });
    await expect(backend().reply(request, signal)).rejects.toMatchObject({ name: 'AgentError', failure });
  });

  it('closes the connection after its time limit', async () => {
    server.answer(neverAnswer);
    const closed = server.nextHangUp();
    const reply = backend({ timeoutSeconds: 1 }).reply(request, signal);
    await expect(reply).rejects.toMatchObject({ failure: { kind: 'timeout' } });
    await closed;
  });

  it('is not called on a private address unless allowed', async () => {
    const strict = createOutboundClient({ allowPrivateNetwork: false });
    const reply = backend({}, strict).reply(request, signal);
    await expect(reply).rejects.toMatchObject({ failure: { kind: 'refusedAddress' } });
    strict.close();
    expect(server.connections()).toBe(0);
  });

  it('[TURN-3] ignores an answer that comes after the abort', async () => {
    const caller = new AbortController();
    server.answer((response, seen) => {
      caller.abort(new Error('too late'));
      json(200, { reply: { text: 'Hello!' } })(response, seen);
    });
    await expect(backend().reply(request, caller.signal)).rejects.toThrow('too late');
  });
});

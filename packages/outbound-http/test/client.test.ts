import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutboundClient, type OutboundClient } from '../src/client.ts';
import { hangUp, json, neverAnswer, startLocalServer, type LocalServer } from '../src/testing/local-server.ts';

const never = new AbortController().signal;
const POST = { headers: { 'content-type': 'application/json' }, body: '{"a":"ñ"}', timeoutMs: 5_000 };

describe('outgoing requests', () => {
  let server: LocalServer;
  let client: OutboundClient;
  beforeEach(async () => {
    server = await startLocalServer(json(200, { fine: true }));
    client = createOutboundClient({ allowPrivateNetwork: true });
  });
  afterEach(async () => {
    client.close();
    await server.close();
  });

  function post(changes: { url?: string; timeoutMs?: number; maxResponseBytes?: number } = {}, signal = never) {
    return client.post({ ...POST, url: `${server.url}/hook`, maxResponseBytes: 1_000, ...changes }, signal);
  }

  it('posts the body as it is and gives the answer', async () => {
    expect(await post()).toMatchObject({ ok: true, status: 200, body: '{"fine":true}', truncated: false });
    expect(server.received).toMatchObject([
      { method: 'POST', path: '/hook', body: '{"a":"ñ"}', headers: { 'content-length': '10', 'user-agent': 'Baton' } },
    ]);
  });

  it('reuses the connection for the next request', async () => {
    await post();
    await post();
    expect(server.connections()).toBe(1);
  });

  it('tries once more when a reused connection was closed', async () => {
    await post();
    server.answer((response, seen) => {
      if (server.received.length === 2) response.socket?.destroy();
      else json(200, { again: true })(response, seen);
    });
    expect(await post()).toMatchObject({ ok: true, body: '{"again":true}' });
    expect(server.connections()).toBe(2);
  });

  it('[SEND-4] says that a request may have arrived on a reused connection that broke', async () => {
    await post();
    server.answer(() => void server.close());
    const result = await post();
    expect(server.received).toHaveLength(2);
    expect(result).toMatchObject({ ok: false, mayHaveArrived: true, status: null });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i)', async (status) => {
    const elsewhere = await startLocalServer(json(200, {}));
    server.answer(json(status, {}, { location: elsewhere.url }));
    expect(await post()).toMatchObject({ ok: false, kind: 'redirect', status });
    expect(elsewhere.connections()).toBe(0);
    await elsewhere.close();
  });

  it('returns an error status as an answer', async () => {
    server.answer(json(503, { sorry: true }, { 'retry-after': '7' }));
    expect(await post()).toMatchObject({ ok: true, status: 503, headers: { 'retry-after': '7' } });
  });

  it('cuts a long body and closes its connection', async () => {
    server.answer((response) => {
      const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), more));
      more();
    });
    const closed = server.nextHangUp();
    const result = await post();
    await closed;
    expect(result).toMatchObject({ ok: true, status: 200, truncated: true, body: 'x'.repeat(1_000) });
  });

  it('closes the connection after the time limit', async () => {
    // An open connection carries the request at once, even if the timers of this process are late.
    await post();
    server.answer(neverAnswer);
    const [arrived, closed] = [server.nextRequest(), server.nextHangUp()];
    const result = await post({ timeoutMs: 50 });
    await arrived;
    expect(result).toMatchObject({ ok: false, kind: 'timeout', mayHaveArrived: true, status: null });
    await closed;
  });

  it('applies the limit to a slow body, and keeps the status', async () => {
    server.answer((response) => response.writeHead(200).write('slow'));
    expect(await post({ timeoutMs: 1_000 })).toMatchObject({ ok: false, kind: 'timeout', status: 200 });
  });

  it('closes the connection at once when aborted', async () => {
    server.answer(neverAnswer);
    const caller = new AbortController();
    const [arrived, closed] = [server.nextRequest(), server.nextHangUp()];
    const result = post({}, caller.signal);
    await arrived;
    caller.abort();
    expect(await result).toMatchObject({ ok: false, kind: 'aborted', mayHaveArrived: true });
    await closed;
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  it('sends nothing when aborted before', async () => {
    expect(await post({}, AbortSignal.abort())).toMatchObject({ ok: false, kind: 'aborted', mayHaveArrived: false });
    expect(server.connections()).toBe(0);
  });

  it('leaves no listener behind', async () => {
    const caller = new AbortController();
    await post({}, caller.signal);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  it('says that a request may have arrived when the connection breaks', async () => {
    server.answer(hangUp);
    expect(await post()).toMatchObject({ ok: false, kind: 'broken', mayHaveArrived: true });
  });

  it('rejects an answer that breaks off', async () => {
    server.answer((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.socket?.destroy());
    });
    expect(await post()).toMatchObject({ ok: false, kind: 'broken', status: 200 });
  });

  it('says that nothing arrived at a closed port', async () => {
    const result = await post({ url: 'http://127.0.0.1:1/' });
    expect(result).toMatchObject({ ok: false, kind: 'unreachable', mayHaveArrived: false });
    expect(result).toHaveProperty('detail', 'it could not be reached (ECONNREFUSED)');
  });

  it('says that nothing arrived when the name does not resolve', async () => {
    const lost = createOutboundClient({
      allowPrivateNetwork: true,
      resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })),
    });
    const result = await lost.post({ ...POST, maxResponseBytes: 10, url: 'http://nowhere.example/' }, never);
    expect(result).toMatchObject({ ok: false, kind: 'unreachable', mayHaveArrived: false });
  });

  it('says that nothing arrived when the TLS handshake fails', async () => {
    const result = await post({ url: server.url.replace('http:', 'https:') });
    expect(result).toMatchObject({ ok: false, kind: 'unreachable', mayHaveArrived: false });
    expect(server.received).toEqual([]);
  });

  it.each([
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
    ['no HTTP', '220 mail.example ESMTP\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}`],
  ])('survives a server that answers with %s', async (_what, bytes) => {
    const odd = createServer((socket) => void socket.on('error', () => {}).once('data', () => socket.write(bytes)));
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const { port } = odd.address() as AddressInfo;
    const result = await post({ url: `http://127.0.0.1:${port}/` });
    expect(result).toMatchObject({ ok: false, kind: 'broken', mayHaveArrived: true });
    odd.close();
  });

  it('rejects header values that contain line breaks', async () => {
    const smuggled = client.post(
      { ...POST, headers: { 'webhook-id': 'a\r\nx: y' }, url: server.url, maxResponseBytes: 10 },
      never,
    );
    expect(await smuggled).toMatchObject({ ok: false, mayHaveArrived: false });
  });

  it('keeps the address out of its errors', async () => {
    const result = await post({ url: 'http://127.0.0.1:1/secret-path?token=hunter2' });
    expect(JSON.stringify(result)).not.toMatch(/hunter2|secret-path|127\.0/);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { serveWidget } from '../../src/web/widget.ts';

const SCRIPT = `/* ${'the widget '.repeat(200)} */`;

async function served({ built = true } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'baton-widget-'));
  if (built) {
    mkdirSync(join(root, 'packages/chat-widget/build'), { recursive: true });
    writeFileSync(join(root, 'packages/chat-widget/build/widget.js'), SCRIPT);
  }
  const server = createServer(serveWidget(root, (_request, response) => response.writeHead(418).end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(root, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  return async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const request = get({ port, path, headers, method, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
  };
}

test('the widget is served to pages of every origin, and may be kept for a while', async () => {
  const ask = await served();
  const { status, headers, body } = await ask('/widget.js?v=1', { origin: 'https://shop.example' });
  expect(status).toBe(200);
  expect(body.toString()).toBe(SCRIPT);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': expect.stringContaining('max-age=600'),
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
  });
  const again = await ask('/widget.js', { 'if-none-match': String(headers.etag) });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test('the widget comes as small as the browser can take it', async () => {
  const ask = await served();
  const brotli = await ask('/widget.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body).toString()).toBe(SCRIPT);
  const gzip = await ask('/widget.js', { 'accept-encoding': 'gzip, br;q=0' });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
  const head = await ask('/widget.js', {}, 'HEAD');
  expect([head.headers['content-length'], head.body.length]).toEqual([String(SCRIPT.length), 0]);
});

test('everything else is passed on, the widget too where it was not built', async () => {
  const ask = await served();
  expect((await ask('/')).status).toBe(418);
  expect((await ask('/widget.js.map')).status).toBe(418);
  expect((await ask('/widget.js', {}, 'POST')).status).toBe(418);
  expect((await (await served({ built: false }))('/widget.js')).status).toBe(418);
});

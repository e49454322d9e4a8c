import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { answerError } from '../../src/problems/answer-error.ts';
import { limitBody } from '../../src/http/middleware/limit-body.ts';
import { apiRouter } from '../../src/http/routes/api-router.ts';
import { limitLoad } from '../../src/http/middleware/limit-load.ts';

test('answers 503 with a retry time above its limit and recovers afterwards', async () => {
  const waiting: (() => void)[] = [];
  const app = apiRouter();
  app.onError(answerError(pino({ level: 'silent' })));
  app.use(limitLoad(2, 60_000));
  app.get('/', async (c) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return c.text('done');
  });
  const first = Promise.resolve(app.request('/'));
  const second = Promise.resolve(app.request('/'));
  const refused = await app.request('/');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  waiting.splice(0).forEach((finish) => finish());
  for (const answer of [await first, await second]) expect(answer.status).toBe(200);

  const next = app.request('/');
  while (waiting.length === 0) await Promise.resolve();
  waiting[0]!();
  expect((await next).status).toBe(200);
});

test('rejects a request without an answer in time, unless its route may take long', async () => {
  const { promise: end, resolve: finish } = Promise.withResolvers<void>();
  const app = apiRouter();
  app.onError(answerError(pino({ level: 'silent' })));
  app.use(limitLoad(10, 20));
  app.get('/slow', async (c) => {
    await end;
    return c.text('done');
  });
  app.get('/patient', async (c) => {
    c.set('mayTakeLong', true);
    await end;
    return c.text('done');
  });
  const patient = app.request('/patient');
  // Its time was over a moment earlier than this one's.
  const slow = await app.request('/slow');
  expect([slow.status, slow.headers.get('retry-after')]).toEqual([503, '1']);
  finish();
  expect((await patient).status).toBe(200);
});

test.each([
  ['in chunks', 'transfer-encoding: chunked\r\n\r\n5\r\n{"a":'],
  ['of a size', 'content-type: application/json\r\ncontent-length: 500\r\n\r\n{"a":'],
])('a body that never comes to its end, %s, is given up, and takes no place for good', async (_, beginning) => {
  const app = apiRouter();
  app.onError(answerError(pino({ level: 'silent' })));
  app.use(limitLoad(1, 20), limitBody(1_000));
  app.post('/', async (c) => c.json(await c.req.json<object>()));
  app.get('/', (c) => c.text('done'));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((...call) => void listener(...call)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const slow = connect(port, '127.0.0.1');
  slow.write(`POST / HTTP/1.1\r\nhost: a\r\n${beginning}`);
  const [answer] = (await once(slow, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 503 /);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  slow.destroy();
  server.closeAllConnections();
  server.close();
});

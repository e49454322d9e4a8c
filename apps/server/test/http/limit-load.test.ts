import { pino } from 'pino';
import { expect, test } from 'vitest';
import { answerError } from '../../src/http/answer-error.ts';
import { apiRouter } from '../../src/http/api-router.ts';
import { limitLoad } from '../../src/http/limit-load.ts';

test('beyond its limit a server says when to come back, and answers again as soon as one is done', async () => {
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

test('what has no answer in time is refused for now, unless its route says that it may take long', async () => {
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

import { makeProblem, type Ack } from '@baton/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { MOST_IN_HAND, served, serveEvents, type EventSource } from '../../../src/realtime/gateway/serve-events.ts';
import { TokenBucket } from '../../../src/timing/token-bucket.ts';

const schema = z.strictObject({ word: z.string() });

class Line implements EventSource {
  #listener: (...args: unknown[]) => void = () => {};
  onAny(listener: (...args: unknown[]) => void) {
    this.#listener = listener;
  }
  readonly answers: unknown[] = [];
  /** What a frame of these arguments is answered with. */
  send(...args: unknown[]): Promise<unknown> {
    return new Promise((resolve) => {
      this.#listener(...args, (answer: unknown) => {
        this.answers.push(answer);
        resolve(answer);
      });
    });
  }
  sendWithoutAck(...args: unknown[]) {
    this.#listener(...args);
  }
}

type Say = (body: { word: string }) => Promise<Ack<{ said: string }>>;

function open(say: Say, { refuse = () => false, ...more }: { refuse?: () => boolean; longestAnswerMs?: number } = {}) {
  const line = new Line();
  const bugs: string[] = [];
  const serve = serveEvents<Line>({
    events: { say: served(schema, say) },
    refuse: () => (refuse() ? makeProblem('rate_limited') : null),
    problemOf: (error, event) => {
      bugs.push(`${event}: ${String(error)}`);
      return makeProblem('internal');
    },
    ...more,
  });
  return { line, bugs, idle: serve(line) };
}

const echo = async ({ word }: { word: string }): Promise<Ack<{ said: string }>> => ({ ok: true, said: word });
const code = (answer: unknown) => (answer as { problem: { code: string } }).problem.code;

test('a known event of the right shape is handled and answered', async () => {
  expect(await open(echo).line.send('say', { word: 'hi' })).toEqual({ ok: true, said: 'hi' });
});

test.each([['shout'], ['__proto__'], ['constructor'], ['toString'], [7], [null]])(
  'the unknown event %j is answered with a problem',
  async (event) => {
    expect(code(await open(echo).line.send(event, { word: 'hi' }))).toBe('unknown_event');
  },
);

test.each([
  [[]],
  [['hi']],
  [[null]],
  [[{ word: { length: 3 } }]],
  [[{ word: 'hi', more: 1 }]],
  [[{ word: 'hi' }, { word: 'again' }]],
])('the wrong shape %j is answered with a problem', async (bodies) => {
  expect(code(await open(echo).line.send('say', ...bodies))).toBe('invalid');
});

test('what asks for no answer gets none, and does no harm', async () => {
  const { line, idle, bugs } = open(echo);
  line.sendWithoutAck('shout');
  line.sendWithoutAck('say', 1);
  line.sendWithoutAck();
  await idle();
  expect(bugs).toEqual([]);
});

test('a bug in a handler is reported here and opaque there', async () => {
  const { line, bugs } = open(async () => Promise.reject(new Error('select * from secrets')));
  expect(await line.send('say', { word: 'hi' })).toEqual({ ok: false, problem: makeProblem('internal') });
  expect(bugs).toEqual(['say: Error: select * from secrets']);
});

test('events are handled one after the other, in the order in which they came', async () => {
  const order: string[] = [];
  let release = () => {};
  const first = new Promise<void>((resolve) => (release = resolve));
  const { line, idle } = open(async ({ word }) => {
    if (word === 'slow') await first;
    order.push(word);
    return { ok: true, said: word };
  });
  line.sendWithoutAck('say', { word: 'slow' });
  line.sendWithoutAck('say', { word: 'quick' });
  release();
  await idle();
  expect(order).toEqual(['slow', 'quick']);
});

test('a refused event is not handled', async () => {
  const { line } = open(echo, { refuse: () => true });
  expect(code(await line.send('say', { word: 'hi' }))).toBe('rate_limited');
});

test('a bucket gives its burst at once, and then what time brings', () => {
  let now = 0;
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, () => now);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  now = 500;
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  now = 60_000;
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
});

test('what has no answer in time is told `unavailable`, once, and is still handled in its turn', async () => {
  const { promise: stalled, resolve: goOn } = Promise.withResolvers<void>();
  const order: string[] = [];
  const { line, idle } = open(
    async ({ word }) => {
      if (word === 'start') await stalled;
      order.push(word);
      return { ok: true, said: word };
    },
    { longestAnswerMs: 20 },
  );
  const answers = await Promise.all([line.send('say', { word: 'start' }), line.send('say', { word: 'stop' })]);
  expect(answers.map(code)).toEqual(['unavailable', 'unavailable']);
  expect(order).toEqual([]);
  goOn();
  await idle();
  expect(order).toEqual(['start', 'stop']);
  expect(line.answers).toHaveLength(2);
  expect(await line.send('say', { word: 'again' })).toEqual({ ok: true, said: 'again' });
});

test('of a connection whose events wait only so many are kept, and later all is as before', async () => {
  const { promise: stalled, resolve: goOn } = Promise.withResolvers<void>();
  let handled = 0;
  const { line, idle } = open(async ({ word }) => {
    await stalled;
    handled += 1;
    return { ok: true, said: word };
  });
  for (let sent = 0; sent < MOST_IN_HAND; sent += 1) line.sendWithoutAck('say', { word: 'hi' });
  expect(code(await line.send('say', { word: 'one too many' }))).toBe('rate_limited');
  line.sendWithoutAck('say', { word: 'another' });
  goOn();
  await idle();
  expect(handled).toBe(MOST_IN_HAND);
  expect(await line.send('say', { word: 'hi' })).toEqual({ ok: true, said: 'hi' });
});

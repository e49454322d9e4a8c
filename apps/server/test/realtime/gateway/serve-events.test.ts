import { makeProblem, type Ack } from '@baton/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  MAX_QUEUED_EVENTS,
  serveEvents,
  validated,
  type EventSource,
} from '../../../src/realtime/gateway/serve-events.ts';
import { TokenBucket } from '../../../src/timing/token-bucket.ts';

const schema = z.strictObject({ word: z.string() });

class FakeSocket implements EventSource {
  #listener: (...args: unknown[]) => void = () => {};
  onAny(listener: (...args: unknown[]) => void) {
    this.#listener = listener;
  }
  readonly answers: unknown[] = [];
  /** Sends a frame and resolves with its acknowledgement. */
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

function open(say: Say, { reject = () => false, ...more }: { reject?: () => boolean; maxAnswerMs?: number } = {}) {
  const socket = new FakeSocket();
  const bugs: string[] = [];
  const serve = serveEvents<FakeSocket>({
    handlers: { say: validated(schema, say) },
    check: () => (reject() ? makeProblem('rate_limited') : null),
    problemOf: (error, event) => {
      bugs.push(`${event}: ${String(error)}`);
      return makeProblem('internal');
    },
    ...more,
  });
  return { socket, bugs, answered: serve(socket) };
}

const echo = async ({ word }: { word: string }): Promise<Ack<{ said: string }>> => ({ ok: true, said: word });
const code = (answer: unknown) => (answer as { problem: { code: string } }).problem.code;

test('answers a known event with a valid body', async () => {
  expect(await open(echo).socket.send('say', { word: 'hi' })).toEqual({ ok: true, said: 'hi' });
});

test.each([['shout'], ['__proto__'], ['constructor'], ['toString'], [7], [null]])(
  'answers the unknown event %j with a problem',
  async (event) => {
    expect(code(await open(echo).socket.send(event, { word: 'hi' }))).toBe('unknown_event');
  },
);

test.each([
  [[]],
  [['hi']],
  [[null]],
  [[{ word: { length: 3 } }]],
  [[{ word: 'hi', more: 1 }]],
  [[{ word: 'hi' }, { word: 'again' }]],
])('answers the invalid body %j with a problem', async (bodies) => {
  expect(code(await open(echo).socket.send('say', ...bodies))).toBe('invalid');
});

test('handles events without an acknowledgement', async () => {
  const { socket, answered, bugs } = open(echo);
  socket.sendWithoutAck('shout');
  socket.sendWithoutAck('say', 1);
  socket.sendWithoutAck();
  await answered();
  expect(bugs).toEqual([]);
});

test('logs a bug in a handler and hides it from the client', async () => {
  const { socket, bugs } = open(async () => Promise.reject(new Error('select * from secrets')));
  expect(await socket.send('say', { word: 'hi' })).toEqual({ ok: false, problem: makeProblem('internal') });
  expect(bugs).toEqual(['say: Error: select * from secrets']);
});

test('handles events one at a time in their order of arrival', async () => {
  const order: string[] = [];
  let release = () => {};
  const first = new Promise<void>((resolve) => (release = resolve));
  const { socket, answered } = open(async ({ word }) => {
    if (word === 'slow') await first;
    order.push(word);
    return { ok: true, said: word };
  });
  socket.sendWithoutAck('say', { word: 'slow' });
  socket.sendWithoutAck('say', { word: 'quick' });
  release();
  await answered();
  expect(order).toEqual(['slow', 'quick']);
});

test('does not handle a rejected event', async () => {
  const { socket } = open(echo, { reject: () => true });
  expect(code(await socket.send('say', { word: 'hi' }))).toBe('rate_limited');
});

test('refills the token bucket over time, up to its burst', () => {
  let now = 0;
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, () => now);
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  now = 500;
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  now = 60_000;
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
});

test('answers a late event once with `unavailable`, and still handles it in order', async () => {
  const { promise: stalled, resolve: resume } = Promise.withResolvers<void>();
  const order: string[] = [];
  const { socket, answered } = open(
    async ({ word }) => {
      if (word === 'start') await stalled;
      order.push(word);
      return { ok: true, said: word };
    },
    { maxAnswerMs: 20 },
  );
  const answers = await Promise.all([socket.send('say', { word: 'start' }), socket.send('say', { word: 'stop' })]);
  expect(answers.map(code)).toEqual(['unavailable', 'unavailable']);
  expect(order).toEqual([]);
  resume();
  await answered();
  expect(order).toEqual(['start', 'stop']);
  expect(socket.answers).toHaveLength(2);
  expect(await socket.send('say', { word: 'again' })).toEqual({ ok: true, said: 'again' });
});

test('limits queued events per connection, and recovers afterwards', async () => {
  const { promise: stalled, resolve: resume } = Promise.withResolvers<void>();
  let handled = 0;
  const { socket, answered } = open(async ({ word }) => {
    await stalled;
    handled += 1;
    return { ok: true, said: word };
  });
  for (let sent = 0; sent < MAX_QUEUED_EVENTS; sent += 1) socket.sendWithoutAck('say', { word: 'hi' });
  expect(code(await socket.send('say', { word: 'one too many' }))).toBe('rate_limited');
  socket.sendWithoutAck('say', { word: 'another' });
  resume();
  await answered();
  expect(handled).toBe(MAX_QUEUED_EVENTS);
  expect(await socket.send('say', { word: 'hi' })).toEqual({ ok: true, said: 'hi' });
});

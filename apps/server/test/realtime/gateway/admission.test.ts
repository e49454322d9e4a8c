import type { ProblemCode } from '@baton/protocol';
import { expect, test } from 'vitest';
import { admissionMiddleware } from '../../../src/realtime/gateway/admission.ts';

const connect = (middleware: ReturnType<typeof admissionMiddleware>, conn: object = {}): Promise<string> =>
  new Promise((resolve) => middleware({ conn }, (rejection) => resolve(rejection?.message ?? 'admitted')));

test('admits a socket or rejects it with the problem', async () => {
  const answers: (ProblemCode | null)[] = [null, 'bad_origin'];
  const middleware = admissionMiddleware({ admit: async () => answers.shift() ?? null, onError: () => {} });
  expect([await connect(middleware), await connect(middleware)]).toEqual(['admitted', 'bad_origin']);
});

test('reports a failure locally and answers only `unavailable`', async () => {
  const failures: unknown[] = [];
  const middleware = admissionMiddleware({
    admit: () => Promise.reject(new Error('select * from secrets')),
    onError: (error) => failures.push(error),
  });
  expect(await connect(middleware)).toBe('unavailable');
  expect(failures.map(String)).toEqual(['Error: select * from secrets']);
});

test('rejects sockets beyond the pending limit until one is admitted', async () => {
  const waiting: (() => void)[] = [];
  const admit = () => new Promise<null>((resolve) => waiting.push(() => resolve(null)));
  const middleware = admissionMiddleware({ admit, onError: () => {}, maxPending: 2 });
  const first = [connect(middleware), connect(middleware)];
  expect(await connect(middleware)).toBe('unavailable');
  for (const answer of waiting.splice(0)) answer();
  expect(await Promise.all(first)).toEqual(['admitted', 'admitted']);
  const next = connect(middleware);
  waiting[0]?.();
  expect(await next).toBe('admitted');
});

test('checks each connection once', async () => {
  let asked = 0;
  const admit = async () => {
    asked += 1;
    return 'unauthenticated' as const;
  };
  const middleware = admissionMiddleware({ admit, onError: () => {} });
  const conn = {};
  expect([await connect(middleware, conn), await connect(middleware, conn)]).toEqual([
    'unauthenticated',
    'rate_limited',
  ]);
  expect(asked).toBe(1);
});

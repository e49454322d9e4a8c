import type { ProblemCode } from '@baton/protocol';
import { expect, test } from 'vitest';
import { door } from '../../../src/realtime/gateway/admission.ts';

/** What a new connection, or this one, is told at the door. */
const knock = (at: ReturnType<typeof door>, conn: object = {}): Promise<string> =>
  new Promise((resolve) => at({ conn }, (refused) => resolve(refused?.message ?? 'come in')));

test('whoever may come in is let in, and who may not is told why', async () => {
  const answers: (ProblemCode | null)[] = [null, 'bad_origin'];
  const at = door({ admit: async () => answers.shift() ?? null, onError: () => {} });
  expect([await knock(at), await knock(at)]).toEqual(['come in', 'bad_origin']);
});

test('a failure is told here, and there only that it is to be tried again', async () => {
  const failures: unknown[] = [];
  const at = door({
    admit: () => Promise.reject(new Error('select * from secrets')),
    onError: (error) => failures.push(error),
  });
  expect(await knock(at)).toBe('unavailable');
  expect(failures.map(String)).toEqual(['Error: select * from secrets']);
});

test('while so many wait the next is refused at once, and none any more when one is through', async () => {
  const waiting: (() => void)[] = [];
  const admit = () => new Promise<null>((resolve) => waiting.push(() => resolve(null)));
  const at = door({ admit, onError: () => {}, most: 2 });
  const first = [knock(at), knock(at)];
  expect(await knock(at)).toBe('unavailable');
  for (const answer of waiting.splice(0)) answer();
  expect(await Promise.all(first)).toEqual(['come in', 'come in']);
  const next = knock(at);
  waiting[0]?.();
  expect(await next).toBe('come in');
});

test('a connection asks once', async () => {
  let asked = 0;
  const admit = async () => {
    asked += 1;
    return 'unauthenticated' as const;
  };
  const at = door({ admit, onError: () => {} });
  const conn = {};
  expect([await knock(at, conn), await knock(at, conn)]).toEqual(['unauthenticated', 'rate_limited']);
  expect(asked).toBe(1);
});

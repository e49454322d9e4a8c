import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { CustomerCatchUp } from '../../../src/realtime/fan-out/customer-catch-up.ts';
import { openNamespaces } from '../../../src/realtime/gateway/namespaces.ts';

test('reads a gap once while the database stalls, and again afterwards', async () => {
  const namespaces = openNamespaces([]);
  namespaces.attach(createServer());
  const waiting: (() => void)[] = [];
  let asked = 0;
  const catchUp = new CustomerCatchUp({
    customers: namespaces.customers,
    reads: {
      async revisions() {
        asked += 1;
        await new Promise<void>((resolve) => waiting.push(resolve));
        return [];
      },
      messages: () => Promise.resolve([]),
    },
  });
  const key = { workspaceId: 'w', conversationId: 'c' };
  catchUp.connected(key, 1);
  catchUp.published(key, 3);
  const rounds = [catchUp.fillGaps(), catchUp.fillGaps(), catchUp.fillGaps()];
  expect(asked).toBe(1);
  waiting[0]?.();
  await Promise.all(rounds);

  catchUp.published(key, 5);
  const next = catchUp.fillGaps();
  expect(asked).toBe(2);
  waiting[1]?.();
  await next;

  const compared = [catchUp.compareRevisions(), catchUp.compareRevisions(), catchUp.compareRevisions()];
  expect(asked).toBe(3);
  waiting[2]?.();
  await compared[0];
  expect(asked).toBe(4);
  waiting[3]?.();
  await Promise.all(compared);
  await namespaces.close();
});

test('[SEE-3] looks again for messages lost during a comparison', async () => {
  const namespaces = openNamespaces([]);
  namespaces.attach(createServer());
  const key = { workspaceId: 'w', conversationId: 'c' };
  let committed = 1;
  let answer = (): void => {};
  const filled: unknown[] = [];
  const catchUp = new CustomerCatchUp({
    customers: namespaces.customers,
    reads: {
      async revisions() {
        const revision = committed;
        await new Promise<void>((resolve) => (answer = resolve));
        return [{ key, revision }];
      },
      messages(_, { sinceRevision }) {
        filled.push(sinceRevision);
        return Promise.resolve([]);
      },
    },
  });
  catchUp.connected(key, 1);
  const round = catchUp.compareRevisions();
  committed = 2;
  const missed = catchUp.compareRevisions();
  answer();
  await round;
  answer();
  // The comparison has found the gap, and the gap is being read.
  await new Promise((resolve) => setImmediate(resolve));
  answer();
  await missed;
  expect(filled).toEqual([1]);
  await namespaces.close();
});

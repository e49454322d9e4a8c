import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { CustomerCatchUp } from '../../src/realtime/customer-catch-up.ts';
import { openNamespaces } from '../../src/realtime/namespaces.ts';

test('while the database stands still what a customer missed is asked for once, and afterwards again', async () => {
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
  catchUp.heard(key, 3);
  const rounds = [catchUp.fill(), catchUp.fill(), catchUp.fill()];
  expect(asked).toBe(1);
  waiting[0]?.();
  await Promise.all(rounds);

  catchUp.heard(key, 5);
  const next = catchUp.fill();
  expect(asked).toBe(2);
  waiting[1]?.();
  await next;

  const compared = [catchUp.compare(), catchUp.compare(), catchUp.compare()];
  expect(asked).toBe(3);
  waiting[2]?.();
  await Promise.all(compared);
  await namespaces.close();
});

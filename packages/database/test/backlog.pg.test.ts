import { commitItem, customerMessage } from '@baton/store-contract/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBacklog } from '../src/queries/backlog.ts';
import { indexWords } from '../src/search/index-words.ts';
import { type PostgresFixture, openPostgresFixture } from './postgres-fixture.ts';

let fixture: PostgresFixture;
beforeAll(async () => {
  fixture = await openPostgresFixture();
});
afterAll(() => fixture.close());

test('what is due and not taken is counted, and how late it is', async () => {
  const of = await fixture.createConversation();
  const [stored] = await fixture.store.load([of.key]);
  await fixture.store.commit([
    commitItem(of, stored!, { messages: [customerMessage(1)], wakeAt: Date.now() - 60_000 }),
  ]);
  const before = await readBacklog(fixture.db);
  expect(before.timers.due).toBe(1);
  expect(before.timers.oldestSeconds).toBeGreaterThan(59);
  expect(before.replies).toEqual({ due: 0, oldestSeconds: 0 });
  expect(before.search.due).toBe(2);

  await fixture.store.claimDue(10);
  while ((await indexWords(fixture.db)) > 0);
  const after = await readBacklog(fixture.db);
  expect(after.timers.due).toBe(0);
  expect(after.search.due).toBe(0);
});

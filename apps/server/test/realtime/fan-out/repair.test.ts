import { expect, test } from 'vitest';
import { PublishedRevisions } from '../../../src/realtime/fan-out/published-revisions.ts';
import type { RealtimeReads } from '../../../src/realtime/fan-out/reads.ts';
import { Repair } from '../../../src/realtime/fan-out/repair.ts';

const SECOND = 1_000;

/** A workspace whose conversations change once each, and a node without messages of other nodes. */
function busy(changesPerSecond: number) {
  const gap = SECOND / changesPerSecond;
  let now = 1_000_000;
  const missed = new Set<string>();
  const repair = new Repair({
    now: () => now,
    workspaces: () => ['w'],
    published: new PublishedRevisions(),
    lists: { missed: ({ conversationId }) => missed.add(conversationId) },
    reads: {
      changedSince(_, since, limit) {
        const first = Math.floor(since / gap) + 1;
        const count = Math.max(0, Math.min(limit, Math.floor(now / gap) - first + 1));
        return Promise.resolve(
          Array.from({ length: count }, (_unused, nth) => ({
            key: { workspaceId: 'w', conversationId: `c${first + nth}` },
            revision: 1,
            changedAt: (first + nth) * gap,
          })),
        );
      },
    },
  });
  return {
    missed,
    latest: () => `c${Math.floor(now / gap)}`,
    async look() {
      now += 5 * SECOND;
      await repair.look();
    },
  };
}

test('[SEE-3] finds commits of other nodes within 5 s at 1 000 changes a second', async () => {
  const { look, missed, latest } = busy(1_000);
  for (let round = 0; round < 20; round += 1) {
    await look();
    expect(missed).toContain(latest());
  }
  expect(missed.size).toBeGreaterThanOrEqual(20 * 5_000);
});

test('reports a change once that two looks read', async () => {
  const { look, missed } = busy(1_000);
  await look();
  missed.clear();
  await look();
  expect(missed.size).toBe(5_000);
});

test('continues after the last change of a full look, and stops without progress', async () => {
  const { look, missed } = busy(10_000);
  await look();
  const [first] = [missed.size];
  await look();
  expect(missed.size).toBeGreaterThan(first);
  let asked = 0;
  const stuck = new Repair({
    now: () => 1_000_000,
    workspaces: () => ['w'],
    published: new PublishedRevisions(),
    lists: { missed: () => {} },
    reads: {
      changedSince(_, __, limit) {
        asked += 1;
        const one = { key: { workspaceId: 'w', conversationId: 'c' }, revision: 1, changedAt: 1_000_000 };
        return Promise.resolve(Array.from({ length: limit }, () => one));
      },
    },
  });
  await stuck.look();
  expect(asked).toBeLessThan(10);
});

test('[SEE-3] looks again for messages lost during a look', async () => {
  const asked: (() => void)[] = [];
  const committed: Awaited<ReturnType<RealtimeReads['changedSince']>> = [];
  const missed: string[] = [];
  const repair = new Repair({
    now: () => 1_000_000,
    workspaces: () => ['w'],
    published: new PublishedRevisions(),
    lists: { missed: ({ conversationId }) => missed.push(conversationId) },
    reads: {
      async changedSince() {
        const seen = [...committed];
        await new Promise<void>((resolve) => asked.push(resolve));
        return seen;
      },
    },
  });
  const round = repair.look();
  committed.push({ key: { workspaceId: 'w', conversationId: 'c' }, revision: 1, changedAt: 1_000_000 });
  const anew = repair.look();
  asked[0]?.();
  await round;
  asked[1]?.();
  await anew;
  expect(missed).toEqual(['c']);
});

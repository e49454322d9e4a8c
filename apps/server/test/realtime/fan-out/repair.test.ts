import { expect, test } from 'vitest';
import type { RealtimeReads } from '../../../src/realtime/ports.ts';
import { Repair } from '../../../src/realtime/fan-out/repair.ts';

const SECOND = 1_000;

/** A workspace in which conversations change, each once, and a node that was told of none of it. */
function busy(changesPerSecond: number) {
  const gap = SECOND / changesPerSecond;
  let now = 1_000_000;
  const missed = new Set<string>();
  const repair = new Repair({
    now: () => now,
    workspaces: () => ['w'],
    onMissed: ({ conversationId }) => missed.add(conversationId),
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

test('[SEE-3] what other nodes commit is found within 5 s, also where a thousand conversations change in a second', async () => {
  const { look, missed, latest } = busy(1_000);
  for (let round = 0; round < 20; round += 1) {
    await look();
    expect(missed).toContain(latest());
  }
  expect(missed.size).toBeGreaterThanOrEqual(20 * 5_000);
});

test('what is looked at twice is told once', async () => {
  const { look, missed } = busy(1_000);
  await look();
  missed.clear();
  await look();
  expect(missed.size).toBe(5_000);
});

test('more than one look may read: it goes on from where it ended, and ends where nothing moves on', async () => {
  const { look, missed } = busy(10_000);
  await look();
  const [first] = [missed.size];
  await look();
  expect(missed.size).toBeGreaterThan(first);
  let asked = 0;
  const stuck = new Repair({
    now: () => 1_000_000,
    workspaces: () => ['w'],
    onMissed: () => {},
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

test('[SEE-3] words that are lost while a look is under way are looked for anew', async () => {
  const asked: (() => void)[] = [];
  const committed: Awaited<ReturnType<RealtimeReads['changedSince']>> = [];
  const missed: string[] = [];
  const repair = new Repair({
    now: () => 1_000_000,
    workspaces: () => ['w'],
    onMissed: ({ conversationId }) => missed.push(conversationId),
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

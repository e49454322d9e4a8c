import { beforeEach, describe, expect, it } from 'vitest';
import { Batcher } from '../src/batching/batcher.ts';
import { CommitPacer } from '../src/batching/commit-pacer.ts';
import { StoreUnavailable } from '../src/ports/store.ts';
import { FakeScheduler } from '@baton/store-contract/testing';

/** A database whose batch duration the test sets. */
let time: FakeScheduler;
let takes: number;
let isAway: boolean;
let left: { at: number; items: string[] }[];
let batcher: Batcher<string, string>;

beforeEach(() => {
  time = new FakeScheduler(0);
  takes = 1;
  isAway = false;
  left = [];
  batcher = new Batcher({
    parallel: 2,
    size: 64,
    run(items) {
      left.push({ at: Math.round(time.now * 10) / 10, items });
      if (isAway) return Promise.reject(new StoreUnavailable('away'));
      return new Promise((resolve) => time.after(takes, () => resolve(items)));
    },
    pacer: new CommitPacer({ weigh: (item) => item.length, scheduler: time, elapsed: () => time.now }),
  });
});

/** Submits items one at a time, each at its time. */
async function submitAt(...moments: [at: number, item: string][]): Promise<void> {
  for (const [at, item] of moments) {
    await time.advance(at - time.now);
    void batcher.submit(item);
  }
  await time.advance(100);
}

describe('group commit', () => {
  it('sends a batch at once while the database is fast', async () => {
    await submitAt([0, 'a'], [2, 'b'], [3, 'c'], [3.5, 'd'], [3.6, 'e']);
    expect(left).toEqual([
      { at: 0, items: ['a'] },
      { at: 2, items: ['b'] },
      { at: 3, items: ['c'] },
      { at: 3.5, items: ['d'] },
      // Both are running.
      { at: 4, items: ['e'] },
    ]);
  });

  it('delays the next small batch by three times the last one’s slowness', async () => {
    await submitAt([0, 'at best']);
    takes = 3;
    await submitAt([200, 'slower']);
    await submitAt([400, 'a'], [401, 'b'], [404, 'c'], [405, 'd'], [407, 'e']);
    expect(left.slice(2)).toEqual([
      { at: 400, items: ['a'] },
      { at: 406, items: ['b', 'c', 'd'] },
      { at: 412, items: ['e'] },
    ]);
  });

  it('delays a batch by at most 8 ms', async () => {
    await submitAt([0, 'at best']);
    takes = 2_500;
    await submitAt([200, 'hangs']);
    await time.advance(3_000);
    await submitAt([4_000, 'a'], [4_001, 'b']);
    expect(left.slice(2)).toEqual([
      { at: 4_000, items: ['a'] },
      { at: 4_008, items: ['b'] },
    ]);
  });

  it('ignores the duration of a failed batch', async () => {
    takes = 3;
    await submitAt([0, 'at best']);
    isAway = true;
    await expect(batcher.submit('refused')).rejects.toThrow(StoreUnavailable);
    isAway = false;
    await submitAt([200, 'as ever'], [400, 'a'], [401, 'b']);
    expect(left.slice(2)).toEqual([
      { at: 200, items: ['as ever'] },
      { at: 400, items: ['a'] },
      { at: 401, items: ['b'] },
    ]);
  });

  it('sends a heavy batch without delay', async () => {
    await submitAt([0, 'at best']);
    takes = 3;
    await submitAt([200, 'slower']);
    await submitAt([400, 'a'], [401, 'b'], [402, 'fifteen letters']);
    expect(left.slice(2)).toEqual([
      { at: 400, items: ['a'] },
      { at: 402, items: ['b', 'fifteen letters'] },
    ]);
  });

  it('adapts to a database that becomes slower for good', async () => {
    await submitAt([0, 'at best']);
    takes = 3;
    for (let round = 1; round <= 1_200; round += 1) await submitAt([round * 200, 'far away']);
    const next = time.now + 1_000;
    await submitAt([next, 'a'], [next + 1, 'b']);
    expect(left.slice(-2).map(({ items }) => items)).toEqual([['a'], ['b']]);
    expect(left.at(-1)?.at).toBe(next + 1);
  });
});

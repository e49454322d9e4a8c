import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageOf } from '../../inbox/view/testing/conversation-history.ts';
import { around, earlier, held, inWindow, later, MOST, reachesEnd, STEP, TAIL } from './thread-window.ts';
import type { ThreadWindow } from './thread-window.ts';

const thread = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => messageOf({ seq: from + index }));
const LONG = thread(1, 5_000);
const seqs = (messages: ReturnType<typeof thread>, window: ThreadWindow | null) => {
  const shown = inWindow(messages, window);
  return [shown[0]?.seq, shown.at(-1)?.seq];
};

test('shows a short thread whole, and only the end of a long one', () => {
  const short = thread(1, TAIL);
  expect(inWindow(short, null)).toBe(short);
  expect(earlier(short, null)).toBeNull();
  expect(later(short, null)).toBeNull();
  expect(seqs(LONG, null)).toEqual([5_001 - TAIL, 5_000]);
  expect(inWindow([], null)).toEqual([]);
});

test('moves the window up and down within its bound', () => {
  let window: ThreadWindow | null = null;
  for (let next = earlier(LONG, window); next; next = earlier(LONG, window)) {
    const [first] = seqs(LONG, window);
    window = next;
    expect(inWindow(LONG, window).length).toBeLessThanOrEqual(MOST);
    // The first row stays, so that the text being read does not move.
    expect(inWindow(LONG, window).some(({ seq }) => seq === first)).toBe(true);
  }
  expect(seqs(LONG, window)).toEqual([1, MOST]);
  for (let next = later(LONG, window); next; next = later(LONG, window)) window = next;
  expect(window?.toSeq).toBeNull();
  expect(reachesEnd([...LONG, ...thread(5_001, 5_010)], window)).toBe(true);
});

test('centres the window on a distant message', () => {
  expect(seqs(LONG, around(LONG, 1_000))).toEqual([1_000 - STEP, 999 + STEP]);
  expect(seqs(LONG, around(LONG, 3))).toEqual([1, 2 + STEP]);
  expect(around(LONG, 4_990).toSeq).toBeNull();
});

test('keeps earlier messages for a reader further up', () => {
  const window = held(LONG, null);
  const grown = [...LONG, ...thread(5_001, 6_000)];
  expect(seqs(grown, held(grown, window))).toEqual([5_001 - TAIL, 5_000 - TAIL + MOST]);
});

test('shows consecutive messages within the bound, for any changes', () => {
  const step = fc.constantFrom('earlier', 'later', 'held', 'older', 'newer');
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 900 }), fc.array(step, { maxLength: 40 }), (start, steps) => {
      let [from, to] = [start, 1_000];
      let window: ThreadWindow | null = null;
      for (const each of steps) {
        if (each === 'older') from = Math.max(1, from - 100);
        else if (each === 'newer') to += 150;
        const messages = thread(from, to);
        const moved: ThreadWindow | null = each === 'earlier' ? earlier(messages, window) : null;
        if (moved) window = moved;
        else if (each === 'later') window = later(messages, window) ?? window;
        else if (each === 'held') window = held(messages, window);
        const shown = inWindow(messages, window);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.map(({ seq }) => seq)).toEqual(thread(shown[0]!.seq, shown.at(-1)!.seq).map(({ seq }) => seq));
        if (moved || each === 'held') expect(shown.length).toBeLessThanOrEqual(MOST);
      }
    }),
    { numRuns: 200 },
  );
});

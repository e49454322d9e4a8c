import { expect, test } from 'vitest';
import { IDLE_AFTER_MS, IdleWatch } from './idle-watch.ts';

function watching(hidden = false) {
  const reports: boolean[] = [];
  let now = 0;
  const watch = new IdleWatch({ now: () => now, report: (idle) => reports.push(idle) }, hidden);
  const after = (ms: number) => {
    now += ms;
    watch.tick();
  };
  return { watch, reports, after };
}

test('two minutes without a key or a pointer is idle, said once, and the next touch ends it at once', () => {
  const { watch, reports, after } = watching();
  after(IDLE_AFTER_MS - 1);
  watch.touched();
  after(IDLE_AFTER_MS - 1);
  expect(reports).toEqual([]);
  after(1);
  after(1_000);
  expect(reports).toEqual([true]);
  watch.touched();
  watch.touched();
  expect(reports).toEqual([true, false]);
});

test('a page out of sight is idle at once, whatever moves in it, and in sight again it is not', () => {
  const { watch, reports, after } = watching();
  watch.hide(true);
  watch.touched();
  after(IDLE_AFTER_MS * 2);
  expect(reports).toEqual([true]);
  watch.hide(false);
  expect(reports).toEqual([true, false]);
});

test('a page that is opened behind others begins idle', () => {
  expect(watching(true).reports).toEqual([true]);
});

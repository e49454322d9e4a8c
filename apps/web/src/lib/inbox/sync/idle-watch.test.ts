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

test('reports idle once after two minutes, until the next input', () => {
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

test('reports a hidden page as idle, and a shown one as active', () => {
  const { watch, reports, after } = watching();
  watch.hide(true);
  watch.touched();
  after(IDLE_AFTER_MS * 2);
  expect(reports).toEqual([true]);
  watch.hide(false);
  expect(reports).toEqual([true, false]);
});

test('starts idle in a background tab', () => {
  expect(watching(true).reports).toEqual([true]);
});

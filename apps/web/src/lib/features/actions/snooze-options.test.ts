import { expect, test } from 'vitest';
import { isUntilReply, localFieldValue, snoozeOptions } from './snooze-options.ts';

const offered = (now: Date): Record<string, Date> =>
  Object.fromEntries(snoozeOptions(now).map(({ id, until }) => [id, until]));

test('offers only future times, mornings at nine', () => {
  // A Friday, late.
  const now = new Date(2026, 0, 30, 23, 50);
  const { inAnHour, inThreeHours, tomorrow, nextWeek, untilReply } = offered(now);
  expect(inAnHour).toEqual(new Date(2026, 0, 31, 0, 50));
  expect(inThreeHours).toEqual(new Date(2026, 0, 31, 2, 50));
  expect(tomorrow).toEqual(new Date(2026, 0, 31, 9, 0));
  expect(nextWeek).toEqual(new Date(2026, 1, 2, 9, 0));
  expect(isUntilReply(untilReply!)).toBe(true);
  expect(isUntilReply(nextWeek!)).toBe(false);
});

test('puts next week on the next Monday, once on a Sunday', () => {
  expect(offered(new Date(2026, 1, 2, 8, 0))['nextWeek']).toEqual(new Date(2026, 1, 9, 9, 0));
  expect(offered(new Date(2026, 1, 1, 8, 0))['nextWeek']).toBeUndefined();
});

test('shows local time in the field', () => {
  expect(localFieldValue(new Date(2026, 8, 5, 7, 3))).toBe('2026-09-05T07:03');
});

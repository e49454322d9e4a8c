import { expect, test } from 'vitest';
import { agoText, clockText, msUntil, spokenDuration } from './countdown.ts';

test('shows 0:00 only when the countdown is over', () => {
  expect(clockText(30_000)).toBe('0:30');
  expect(clockText(1)).toBe('0:01');
  expect(clockText(0)).toBe('0:00');
  expect(clockText(90_000)).toBe('1:30');
  expect(clockText(86_400_000)).toBe('24:00:00');
  expect(msUntil('1970-01-01T00:00:05Z', 7_000)).toBe(0);
});

test('starts a countdown at its full length despite a late server time', () => {
  expect(clockText(45_090)).toBe('0:45');
  expect(clockText(44_100)).toBe('0:44');
  expect(clockText(100)).toBe('0:01');
  expect(spokenDuration(60_020)).toBe('1 minute');
});

test('shortens durations on screen and spells them out for speech', () => {
  const at = (seconds: number): string => agoText('1970-01-01T00:00:00Z', seconds * 1_000);
  expect([0, 30, 90, 7_200, 200_000].map(at)).toEqual(['now', '30s', '1m', '2h', '2d']);
  expect(spokenDuration(61_000)).toBe('1 minute 1 second');
});

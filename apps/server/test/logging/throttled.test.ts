import { expect, test } from 'vitest';
import { seldom } from '../../src/logging/throttled.ts';

test('what happens again and again is said at once and then seldom, with how often it was not', () => {
  let now = 0;
  const said: [number, string][] = [];
  const say = seldom(
    1_000,
    (unsaid, what: string) => said.push([unsaid, what]),
    () => now,
  );
  for (const what of ['first', 'second', 'third']) say(what);
  expect(said).toEqual([[0, 'first']]);
  now = 1_000;
  say('fourth');
  say('fifth');
  expect(said.slice(1)).toEqual([[2, 'fourth']]);
});

import { expect, test } from 'vitest';
import { throttled } from '../../src/logging/throttled.ts';

test('logs the first event at once, then one per interval with the skipped count', () => {
  let now = 0;
  const logged: [number, string][] = [];
  const log = throttled(
    1_000,
    (skipped, event: string) => logged.push([skipped, event]),
    () => now,
  );
  for (const event of ['first', 'second', 'third']) log(event);
  expect(logged).toEqual([[0, 'first']]);
  now = 1_000;
  log('fourth');
  log('fifth');
  expect(logged.slice(1)).toEqual([[2, 'fourth']]);
});

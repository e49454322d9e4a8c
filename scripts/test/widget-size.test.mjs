import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { widgetBundle } from '../setup/widget-bundle.mjs';

const MOST_BYTES = 30 * 1024;

test('the chat widget is at most 30 kB, its socket client included', async () => {
  const size = gzipSync(await widgetBundle(), { level: 9 }).length;
  expect(size).toBeGreaterThan(10 * 1024);
  expect(size).toBeLessThanOrEqual(MOST_BYTES);
});

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { widgetBundle } from '../setup/bundle-widget.mjs';

const MAX_BYTES = 30 * 1024;

test('keeps the chat widget and its socket client below 30 kB', async () => {
  const size = gzipSync(await widgetBundle(), { level: 9 }).length;
  expect(size).toBeGreaterThan(10 * 1024);
  expect(size).toBeLessThanOrEqual(MAX_BYTES);
});

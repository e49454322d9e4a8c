import { expect, onTestFinished, test } from 'vitest';
import { openGate } from '../../src/process/gate.ts';

test('keeps idle connections longer than proxies do, but not through a shutdown', async () => {
  const gate = await openGate('127.0.0.1', 0);
  onTestFinished(() => gate.server.closeAllConnections());
  const { status, headers } = await fetch(`http://127.0.0.1:${gate.port}/healthz`);
  expect([status, headers.get('keep-alive')]).toEqual([200, 'timeout=65']);
  gate.drain();
  await gate.closed(60_000);
});

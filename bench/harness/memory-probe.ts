import { setTimeout as delay } from 'node:timers/promises';

/**
 * Loaded into a server before its own code: tells by IPC what it holds once the garbage is gone. A burst of connections leaves
 * much of it, and when the collector comes by itself says nothing of what a connection costs.
 */
process.on('message', (question) => {
  if (question !== 'memory') return;
  void tell();
});
// To be asked is no reason to stay alive.
process.channel?.unref();

async function tell(): Promise<void> {
  // Twice: what the first frees may have kept more.
  for (let times = 0; times < 2; times += 1) {
    globalThis.gc?.();
    await delay(200);
  }
  process.send?.(process.memoryUsage());
}

import { setTimeout as delay } from 'node:timers/promises';
import { watchStalls } from './stalls.ts';

/**
 * Loaded into a server before its own code: tells by IPC what it holds once the garbage is gone (a burst of connections leaves
 * much of it, and when the collector comes by itself says nothing of what a connection costs), and what kept its event loop.
 */
let stalls: ReturnType<typeof watchStalls> | null = null;
process.on('message', (question) => {
  if (question === 'memory') void memory();
  if (question === 'watch') stalls = watchStalls();
  if (question === 'stalls') process.send?.(stalls?.());
});
// To be asked is no reason to stay alive.
process.channel?.unref();

async function memory(): Promise<void> {
  // Twice: what the first frees may have kept more.
  for (let times = 0; times < 2; times += 1) {
    globalThis.gc?.();
    await delay(200);
  }
  process.send?.(process.memoryUsage());
}

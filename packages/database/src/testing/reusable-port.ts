import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Outgoing connections use ports from 32768 (Linux) or 49152. */
const [FIRST, END] = [10_000, 32_000];

/**
 * Finds a free port for a server that is killed and restarted. It lies outside the range of outgoing connections, which could
 * take the port meanwhile.
 */
export async function reusablePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

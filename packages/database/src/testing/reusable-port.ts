import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Systems give outgoing connections ports from 32768 (Linux) or 49152 on. */
const [FIRST, END] = [10_000, 32_000];

/**
 * A free port for a server that will be killed and is to come back to it. One of those for outgoing connections could be taken
 * meanwhile, of the thousands that look for the server: even one that finds itself there and stays.
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

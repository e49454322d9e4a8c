import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuSeconds } from './cpu.ts';
import { type PostgresWatch, watchPostgres } from './postgres-watch.ts';
import type { Stalls } from './stalls.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PROBE = join(import.meta.dirname, 'probe.ts');
export const API_KEY = 'owner-key-for-benchmarks';

/** A server in a process of its own, apart from the load. */
export interface Program {
  url: string;
  /** CPU seconds of it alone. */
  cpuSeconds(): Promise<number>;
  /** Resident memory in KiB, where the system tells. */
  memoryKiB(): Promise<number>;
  /** Once the garbage is gone: the process's resident memory, and of it what JavaScript still uses. In KiB. */
  heldKiB(): Promise<Held>;
  /** Watches its event loop from now on; gives how to ask what kept it. */
  watchStalls(): () => Promise<Stalls>;
  stop(): Promise<void>;
}

export interface Held {
  resident: number;
  heap: number;
}

export interface BatonProgram extends Program {
  postgres: PostgresWatch;
}

/** Baton as `npm start` runs it: bundled, on an empty embedded PostgreSQL, fsync on. */
export async function startBaton(): Promise<BatonProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  const program = await start(join(ROOT, 'apps/server/build/main.js'), {
    BATON_ROOT: ROOT,
    DATA_DIR: dataDir,
    NODE_ENV: 'production',
    ALLOW_PRIVATE_NETWORK: '1',
    ADMIN_EMAIL: 'owner@example.com',
    ADMIN_PASSWORD: 'correct horse battery',
    ADMIN_API_KEY: API_KEY,
    LOG_LEVEL: 'error',
  });
  const postgres = await watchPostgres(join(dataDir, 'postgres'));
  const stop = async () => {
    await postgres.close();
    await program.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...program, postgres, stop };
}

/** Hono and Socket.IO with nothing behind them: what the same requests and frames cost at least. */
export function startBare(): Promise<Program> {
  return start(join(ROOT, 'bench/bare-server.ts'), {});
}

async function start(file: string, env: Record<string, string>): Promise<Program> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', PROBE, file], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} could not be started`);
  const url = await new Promise<string>((found, failed) => {
    child.once('exit', (code) => failed(new Error(`${file} ended with ${code} before it was ready`)));
    if (child.stdout === null) throw new Error('the output of a server is not piped');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = line.startsWith('{') ? null : /https?:\/\/\S+/.exec(line);
      if (address) found(new URL(address[0]).origin);
    });
  });
  const ask = <Answer>(question: string): Promise<Answer> => {
    const { promise, resolve: hear } = Promise.withResolvers<Answer>();
    child.once('message', hear);
    child.send(question);
    return promise;
  };
  return {
    url,
    cpuSeconds: async () => (await cpuSeconds(pid, { alone: true })) ?? 0,
    async memoryKiB() {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    },
    async heldKiB() {
      const { rss, heapUsed } = await ask<NodeJS.MemoryUsage>('memory');
      return { resident: rss / 1024, heap: heapUsed / 1024 };
    },
    watchStalls() {
      child.send('watch');
      return () => ask<Stalls>('stalls');
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

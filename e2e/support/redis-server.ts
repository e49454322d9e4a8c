import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { reusablePort } from '../../packages/database/src/testing/reusable-port.ts';

/** A real Redis of the test's own, on a port that it keeps when it is started again. Nothing of it is stored. */
export class RedisServer {
  private server: ChildProcess | null = null;
  private port = 0;

  static async start(): Promise<RedisServer> {
    const redis = new RedisServer();
    redis.port = await reusablePort();
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Again, after `kill`, unless somebody else has already. */
  async start(): Promise<void> {
    if (this.server !== null) return;
    const program = process.env['BATON_REDIS_SERVER'] ?? 'redis-server';
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const server = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.server = server;
    const died = once(server, 'exit').then(() => Promise.reject(new Error('Redis ended before it was ready')));
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: server.stdout }).on('line', (line) => {
        if (/ready to accept connections/i.test(line)) resolve();
      });
    });
    await Promise.race([ready, died]);
    died.catch(() => {});
  }

  async kill(): Promise<void> {
    const server = this.server;
    if (server === null) return;
    this.server = null;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /** Its connections stay, and it answers nothing. */
  pause(): void {
    this.server?.kill('SIGSTOP');
  }

  resume(): void {
    this.server?.kill('SIGCONT');
  }
}

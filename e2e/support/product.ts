import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { reusablePort } from '../../packages/database/src/testing/reusable-port.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export const OWNER = {
  email: 'owner@example.com',
  password: 'correct horse battery',
  apiKey: 'owner-key-for-end-to-end-tests',
};

/** Baton as `npm start` runs it: the bundled server, its own embedded PostgreSQL, a free port. */
export class Product {
  readonly dataDir: string;
  private readonly env: Record<string, string>;
  private port: number | null = null;
  private server: ChildProcess | null = null;
  private log: string[] = [];
  private isEnding = false;
  /** Its last words, should it have ended without being asked to. */
  endedItself: string | null = null;
  url = '';

  constructor(dataDir: string, env: Record<string, string>) {
    this.dataDir = dataDir;
    this.env = env;
  }

  static async start(env: Record<string, string> = {}): Promise<Product> {
    const product = new Product(await mkdtemp(join(tmpdir(), 'baton-e2e-')), env);
    await product.start();
    return product;
  }

  /** Starts it, again after `kill` or `stop`, on the same data and the same port. */
  async start(): Promise<void> {
    this.port ??= await reusablePort();
    const server = spawn(process.execPath, [join(ROOT, 'apps/server/build/main.js')], {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        BATON_ROOT: ROOT,
        DATA_DIR: this.dataDir,
        PORT: String(this.port),
        ALLOW_PRIVATE_NETWORK: '1',
        ADMIN_EMAIL: OWNER.email,
        ADMIN_PASSWORD: OWNER.password,
        ADMIN_API_KEY: OWNER.apiKey,
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.server = server;
    server.on('exit', (code) => {
      if (this.server === server && !this.isEnding)
        this.endedItself = `with ${String(code)}:\n${this.log.slice(-8).join('')}`;
    });
    server.stderr?.on('data', (chunk: Buffer) => this.log.push(chunk.toString()));
    this.url = await this.readyAddress(server);
  }

  /** Like a power cut for the process: no handler runs. Its PostgreSQL lives on, as it would. */
  async kill(): Promise<void> {
    if (this.server === null) return;
    this.isEnding = true;
    const gone = once(this.server, 'exit');
    const isGone = this.server.exitCode !== null || this.server.signalCode !== null;
    this.server.kill('SIGKILL');
    if (!isGone) await gone;
    this.server = null;
    this.isEnding = false;
  }

  /** @returns the exit code */
  async stop(): Promise<number | null> {
    const { server } = this;
    if (server === null) return null;
    this.isEnding = true;
    if (server.exitCode === null && server.signalCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    }
    this.server = null;
    this.isEnding = false;
    return server.exitCode;
  }

  /** The error lines of its log, from all its starts. */
  get complaints(): string[] {
    return this.log.filter((line) => line.includes('"level":50'));
  }

  get pid(): number | null {
    return this.server?.pid ?? null;
  }

  /** It stands still, its connections open, as on a machine that swaps. */
  pause(): void {
    this.server?.kill('SIGSTOP');
  }

  resume(): void {
    this.server?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async readyAddress(server: ChildProcess): Promise<string> {
    const died = once(server, 'exit').then(([code]: unknown[]) => {
      throw new Error(`the server ended with ${String(code)} before it was ready:\n${this.log.join('')}`);
    });
    const ready = new Promise<string>((found) => {
      createInterface({ input: server.stdout! }).on('line', (line) => {
        this.log.push(`${line}\n`);
        // Log lines are JSON; the one line for people has the address.
        const address = line.startsWith('{') ? undefined : /https?:\/\/\S+/.exec(line)?.[0];
        if (address !== undefined) found(new URL(address).origin);
      });
    });
    return Promise.race([ready, died]);
  }
}

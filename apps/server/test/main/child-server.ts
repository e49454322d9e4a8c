import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Baton as a process of its own, from its sources, on a free port. */
export class ChildServer {
  readonly #child: ChildProcess;
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;
  readonly #lines: string[] = [];
  #heard: () => void = () => {};

  constructor(env: Record<string, string>) {
    this.#child = spawn(process.execPath, ['apps/server/src/main.ts'], {
      cwd: ROOT,
      // Nothing of the test's own environment: NODE_ENV least of all.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], BATON_ROOT: ROOT, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#exit = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        this.#heard();
      });
    }
    void this.#exit.then(() => this.#heard());
  }

  get log(): string {
    return this.#lines.join('\n');
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The first line that fits. @throws when the process ends without it */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      for (const line of this.#lines) {
        const found = pattern.exec(line);
        if (found) return found;
      }
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`ended:\n${this.log}`);
      await new Promise<void>((heard) => (this.#heard = heard));
    }
  }

  /** The address of the ready line. */
  async ready(): Promise<string> {
    const [, address = ''] = await this.line(/^Baton is ready at (\S+)$/);
    return address;
  }

  /** Gives the exit code, null where a signal ended it. */
  async end(how: NodeJS.Signals | 'disconnect'): Promise<number | null> {
    if (how === 'disconnect') this.#child.disconnect();
    else this.#child.kill(how);
    return this.exit();
  }

  async exit(): Promise<number | null> {
    const [code] = await this.#exit;
    return code;
  }
}

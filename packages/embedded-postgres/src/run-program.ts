import { spawn } from 'node:child_process';

interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a program to its end and returns its exit code and output. */
export function runProgram(command: string[], folder: string): Promise<Outcome> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // In its own session, so that Ctrl-C in a terminal reaches only the server, which then stops PostgreSQL cleanly.
    const child = spawn(program, args, {
      cwd: folder,
      detached: true,
      // PG* variables of the user's shell must not apply. Messages stay English because this package matches some of them.
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (cause) => reject(new Error(`${program} could not be run: ${cause.message}`, { cause })));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString().trim() }));
  });
}

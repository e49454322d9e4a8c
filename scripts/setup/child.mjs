import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './paths.mjs';

/** An error that the person at the terminal can act on. Its message is shown without a stack. */
export class Failure extends Error {}

const GRACE_MS = 10_000;
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const running = new Set();
let stoppedBy;

/**
 * Runs a command to its end. Returns its exit code and, unless `shown`, all its output in order.
 *
 * Each command runs in its own process group, and our signals go to the whole group: package managers and test runs
 * have children that would outlive a signal to their parent alone.
 */
export function run(command, args, { cwd = ROOT, env = process.env, timeoutMs, shown = false } = {}) {
  return new Promise((resolve) => {
    const output = shown ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
    const printed = [];
    child.stdout?.setEncoding('utf8').on('data', (text) => printed.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text) => printed.push(text));
    const alarm = timeoutMs && setTimeout(() => signalGroup(child, 'SIGTERM'), timeoutMs);
    const finish = (code, last = '') => {
      clearTimeout(alarm);
      ended(child);
      resolve({ code, output: printed.join('') + last });
    };
    child.on('error', (error) => finish(127, `${error.message}\n`));
    child.on('close', (code, signal) => finish(code ?? 1, signal ? `Ended by ${signal}.\n` : ''));
    began(child);
  });
}

// Signals are handled only while a command runs; afterwards `supervise` handles them.
function began(child) {
  if (running.size === 0) for (const signal of Object.keys(exitCodes)) process.on(signal, passOn);
  running.add(child);
}

function ended(child) {
  running.delete(child);
  if (running.size > 0) return;
  for (const signal of Object.keys(exitCodes)) process.off(signal, passOn);
  if (stoppedBy) process.exit(exitCodes[stoppedBy]);
}

function passOn(signal) {
  if (stoppedBy) return;
  stoppedBy = signal;
  for (const child of running) signalGroup(child, signal);
  setTimeout(() => {
    for (const child of running) signalGroup(child, 'SIGKILL');
    process.exit(exitCodes[signal]);
  }, GRACE_MS);
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The process has ended already, or never started.
  }
}

const REMIND_MS = 15_000;

/**
 * A step that a person waits for: one line at its start, one at its end, and the whole output only when it fails.
 * With `quiet`, a failure is one line too, because another source may work.
 */
export async function step(title, command, args, { explain = () => undefined, quiet = false, ...options } = {}) {
  const start = Date.now();
  console.log(`${title} …`);
  const reminder = setInterval(() => console.log(`${title}: still running after ${seconds(start)}`), REMIND_MS);
  const { code, output } = await run(command, args, options);
  clearInterval(reminder);
  if (code === 0) {
    console.log(`${title}: done in ${seconds(start)}`);
    return;
  }
  if (!quiet) console.error(output.trimEnd());
  const reason = explain(output) ?? (quiet ? lastLine(output) : 'The output above says why.');
  throw new Failure(`${title}: failed. ${reason}`);
}

const lastLine = (output) => output.trimEnd().split('\n').pop();

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs the server as a child and ends with its exit code.
 *
 * `detached` puts the server into its own process group: Ctrl-C reaches only this process, which passes one signal on, so
 * the server shuts down once and in order. The `ipc` channel tells the server (`disconnect`) when this process is killed.
 */
export function supervise(node, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: ROOT,
      env: { ...process.env, ...env, BATON_ROOT: ROOT },
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let passedOn = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // npm and the terminal may each deliver the same Ctrl-C.
        if (!passedOn) child.kill(signal);
        passedOn = true;
      });
    }
    child.on('error', (error) => reject(new Failure(`The server could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

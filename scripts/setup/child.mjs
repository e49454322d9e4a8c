import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';

const GRACE_MS = 10_000;
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const running = new Set();
let stoppedBy;

/**
 * Runs a command to its end, and gives its exit code and, unless it is shown, everything it printed in the order it was
 * printed.
 *
 * Each gets a process group of its own, and a signal to us is passed on to all of it: a package manager or a test run has
 * children of its own, which a signal to their parent alone would leave behind.
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

// Only while something runs: afterwards signals belong to whoever supervises the server.
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
    // It has ended in the meantime, or never began.
  }
}

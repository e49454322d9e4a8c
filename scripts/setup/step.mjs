import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';
import { ROOT } from './places.mjs';

const REMIND_MS = 15_000;
const running = new Set();
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

// A signal during installation or a build must not leave the package manager or a compiler behind. Only while
// something runs: afterwards signals belong to whoever supervises the server.
function passOn(signal) {
  for (const child of running) child.kill(signal);
  process.exit(exitCodes[signal]);
}

function began(child) {
  if (running.size === 0) for (const signal of Object.keys(exitCodes)) process.on(signal, passOn);
  running.add(child);
}

function ended(child) {
  running.delete(child);
  if (running.size === 0) for (const signal of Object.keys(exitCodes)) process.off(signal, passOn);
}

/** Runs a command and gives its exit code and everything it printed, in the order it was printed. */
export function capture(command, args, { cwd = ROOT, env = process.env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
    began(child);
    let output = '';
    const append = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', append);
    child.stderr.setEncoding('utf8').on('data', append);
    child.on('error', (error) => {
      ended(child);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      ended(child);
      resolve({ code: code ?? 1, output: signal ? `${output}Ended by ${signal}.\n` : output });
    });
  });
}

/**
 * A step that a person waits for: one line when it begins, one when it is done, everything only when it fails. `quiet` is
 * for a step that may fail because there are other ways: its failure is one line too.
 */
export async function step(title, command, args, { explain = () => undefined, quiet = false, ...options } = {}) {
  const start = Date.now();
  console.log(`${title} …`);
  const reminder = setInterval(() => console.log(`${title}: still at it after ${seconds(start)}`), REMIND_MS);
  const { code, output } = await capture(command, args, options);
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

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Failure } from './failure.mjs';
import { ROOT } from './places.mjs';

/**
 * Runs the server as a child and ends with its exit code.
 *
 * `detached` gives it a process group of its own: Ctrl-C reaches only this process, which passes one signal on, so the
 * server shuts down once and in order. Over the `ipc` channel the server notices (`disconnect`) when this process is
 * killed without a chance to pass anything on.
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

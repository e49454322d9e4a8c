import { spawn } from 'node:child_process';

/**
 * Ends the Postgres in this folder and removes it when the calling process dies, by whatever death: a test run that is killed
 * leaves nothing behind. Returns how to call it off.
 */
export function removeWhenOrphaned(folder: string): () => void {
  // Our end of the pipe closes with us, and `cat` returns. After a crash it is another Postgres: its pid is read then.
  const script =
    'cat; pid=$(head -n 1 "$1/postgres/postmaster.pid"); kill -QUIT "$pid"; while kill -0 "$pid"; do sleep 0.1; done; rm -rf "$1"';
  const guard = spawn('sh', ['-c', script, 'guard', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return () => {
    if (guard.pid !== undefined) process.kill(-guard.pid, 'SIGKILL');
  };
}

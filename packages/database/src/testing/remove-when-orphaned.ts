import { spawn } from 'node:child_process';

/**
 * Stops the PostgreSQL in this folder and deletes the folder when the calling process ends, even if it is killed. Returns a
 * function that cancels this.
 */
export function removeWhenOrphaned(folder: string): () => void {
  // `cat` returns when this process ends and closes the pipe. The pid is read then, because PostgreSQL may have restarted.
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

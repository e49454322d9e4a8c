import { spawn } from 'node:child_process';

/**
 * Ends the Postgres with this pid and removes its folder when the calling process dies, by whatever death: a test run that is
 * killed leaves nothing behind. Returns how to call it off.
 */
export function removeWhenOrphaned(pid: number, folder: string): () => void {
  // Our end of the pipe closes with us, and `cat` returns.
  const script = 'cat; kill -QUIT "$1"; while kill -0 "$1"; do sleep 0.1; done; rm -rf "$2"';
  const guard = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return () => {
    if (guard.pid !== undefined) process.kill(-guard.pid, 'SIGKILL');
  };
}

import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { FolderInUse, type Ownership } from './ownership.ts';
import { type ClusterContext, startOrAdopt } from './start-or-adopt.ts';

/** PostgreSQL allocates one WAL segment at once: 4 MB, or 16 MB in older clusters (ADR 18). With less space it cannot start. */
const WAL_SEGMENT_BYTES = 16 * 2 ** 20;
const SPACE_POLL_MS = 500;
/** Some causes, such as a raised quota, do not show as free space, so a full disk is also retried after this time. */
const FULL_DISK_RETRY_MS = 30_000;
/** Recovery may be ended from outside, for example by the kernel for lack of memory. */
const RETRY_DELAYS_MS = [200, 1_000, 2_000];

/** Restarts a PostgreSQL that has ended: retries a few times, and waits for space if the disk is full. */
export async function restart(context: ClusterContext, signal: AbortSignal): Promise<Ownership> {
  const { cluster, log } = context;
  const retryDelays = RETRY_DELAYS_MS.values();
  for (let isReported = false; ;) {
    try {
      return await startOrAdopt(context);
    } catch (error) {
      if (error instanceof FolderInUse) throw error;
      const free = await freeBytes(cluster.folder);
      if (isDiskFull(error) || free < WAL_SEGMENT_BYTES) {
        if (!isReported) log('The disk is full. The embedded PostgreSQL restarts when there is space.');
        isReported = true;
        await waitForSpace(cluster.folder, free, signal);
      } else {
        const retryDelay = retryDelays.next().value;
        if (retryDelay === undefined) throw error;
        log('The embedded PostgreSQL ended while it started. Trying again.');
        await delay(retryDelay, undefined, { signal });
      }
    }
  }
}

/** Matches PostgreSQL's log or the code of a failed write. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && /No space left on device|ENOSPC|EDQUOT/.test(error.message);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function waitForSpace(folder: string, freeBefore: number, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < FULL_DISK_RETRY_MS; waited += SPACE_POLL_MS) {
    await delay(SPACE_POLL_MS, undefined, { signal });
    if ((await freeBytes(folder)) >= freeBefore + WAL_SEGMENT_BYTES) return;
  }
}

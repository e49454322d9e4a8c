import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { bringUp, type Parts } from './bring-up.ts';
import { FolderInUse, type Ownership } from './ownership.ts';

/** What PostgreSQL makes for its log at once, in clusters made before ADR 0198; now 4 MB. With less room it dies, and cannot start. */
const LOG_SEGMENT_BYTES = 16 * 2 ** 20;
const LOOK_EVERY_MS = 500;
/** Room may come in ways that the file system does not tell of, such as a quota. */
const TRY_EVERY_MS = 30_000;
/** Before each further try. What ended Postgres may end the next while it recovers: somebody who kills, or the system, for memory. */
const AGAIN_AFTER_MS = [200, 1_000, 2_000];

/** As `bringUp`, for a Postgres that has died: tried some times, and where the disk is full, again when there is room. */
export async function bringBack(parts: Parts, signal: AbortSignal): Promise<Ownership> {
  const { cluster, log } = parts;
  const waits = AGAIN_AFTER_MS.values();
  for (let isTold = false; ;) {
    try {
      return await bringUp(parts);
    } catch (error) {
      if (error instanceof FolderInUse) throw error;
      const left = await room(cluster.folder);
      if (saysFull(error) || left < LOG_SEGMENT_BYTES) {
        if (!isTold) log('The disk is full: the embedded PostgreSQL is down, and starts again when there is room.');
        isTold = true;
        await moreRoom(cluster.folder, left, signal);
      } else {
        const wait = waits.next().value;
        if (wait === undefined) throw error;
        log('The embedded PostgreSQL ended while it started. Trying again.');
        await delay(wait, undefined, { signal });
      }
    }
  }
}

/** By its own log, or by the code of what could not be written for it. */
function saysFull(error: unknown): boolean {
  return error instanceof Error && /No space left on device|ENOSPC|EDQUOT/.test(error.message);
}

async function room(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function moreRoom(folder: string, than: number, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < TRY_EVERY_MS; waited += LOOK_EVERY_MS) {
    await delay(LOOK_EVERY_MS, undefined, { signal });
    if ((await room(folder)) >= than + LOG_SEGMENT_BYTES) return;
  }
}

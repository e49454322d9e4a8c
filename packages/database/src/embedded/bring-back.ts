import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { bringUp, type Parts } from './bring-up.ts';
import { FolderInUse, type Ownership } from './ownership.ts';

/** What PostgreSQL makes for its log at once, in clusters made before ADR 0198; now 4 MB. With less room it dies, and cannot start. */
const LOG_SEGMENT_BYTES = 16 * 2 ** 20;
const LOOK_EVERY_MS = 500;
/** Room may come in ways that the file system does not tell of, such as a quota. */
const TRY_EVERY_MS = 30_000;

/** As `bringUp`, for a Postgres that has died: where the disk is full, it is started again when there is room. */
export async function bringBack(parts: Parts, onLost: () => void, signal: AbortSignal): Promise<Ownership> {
  const { cluster, log } = parts;
  for (let isTold = false; ; isTold = true) {
    try {
      return await bringUp(parts, onLost);
    } catch (error) {
      const left = await room(cluster.folder);
      if (error instanceof FolderInUse || !(saysFull(error) || left < LOG_SEGMENT_BYTES)) throw error;
      if (!isTold) log('The disk is full: the embedded PostgreSQL is down, and starts again when there is room.');
      await moreRoom(cluster.folder, left, signal);
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

import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, handOver } from './account.ts';

// A socket's path has at most 103 bytes (macOS; Linux 107), of which `/.s.PGSQL.5432` takes 14.
const LONGEST = 88;

/** Where the socket lies: in the cluster itself, or, when that path is too long for a socket, in a folder of its own. */
export function socketFolder(cluster: string, account: Account | undefined): string {
  if (Buffer.byteLength(cluster) <= LONGEST) return cluster;
  const name = `baton-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`;
  const inTemporary = join(tmpdir(), name);
  const folder = Buffer.byteLength(inTemporary) <= LONGEST ? inTemporary : join('/tmp', name);
  claimFolder(folder, account);
  return folder;
}

/** Anyone may write to the temporary directory: a folder that somebody else put there first is refused. */
function claimFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { mode: 0o700, recursive: true });
  const found = lstatSync(folder);
  const ours = [process.getuid?.(), account?.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new Error(`${folder} is needed for the database's socket, and belongs to somebody else.`);
  }
  handOver(folder, account, 0o700);
}

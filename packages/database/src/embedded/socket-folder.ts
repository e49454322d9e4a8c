import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './account.ts';
import type { Cluster } from './cluster.ts';

// A socket's path has at most 103 bytes (macOS; Linux 107), of which `/.s.PGSQL.5432` takes 14.
const LONGEST = 88;

/** Where the socket lies: in the cluster itself, or, when that path is too long for a socket, in a folder of its own. */
export function socketFolder(cluster: string): string {
  if (Buffer.byteLength(cluster) <= LONGEST) return cluster;
  const name = `baton-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`;
  const inTemporary = join(tmpdir(), name);
  return Buffer.byteLength(inTemporary) <= LONGEST ? inTemporary : join('/tmp', name);
}

/** Anyone may write to the temporary directory: a folder that somebody else put there first is refused. */
export function makeSocketFolder(folder: string, { account, folder: cluster }: Cluster): void {
  if (folder === cluster) return;
  mkdirSync(folder, { mode: 0o700, recursive: true });
  const found = lstatSync(folder);
  const ours = [process.getuid?.(), account?.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new Error(`${folder} is needed for the database's socket, and belongs to somebody else.`);
  }
  handOver(folder, account, 0o700);
}

export function removeSocketFolder(folder: string, { folder: cluster }: Cluster): void {
  if (folder !== cluster) rmSync(folder, { recursive: true, force: true });
}

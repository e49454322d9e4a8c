import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOwner } from './account.ts';
import type { Cluster } from './cluster.ts';

// A socket's path has at most 103 bytes on macOS and 107 on Linux; `/.s.PGSQL.5432` takes 14.
const MAX_FOLDER_BYTES = 88;

/** The folder of the socket: the cluster itself, or a temporary folder if the cluster's path is too long for a socket. */
export function socketFolder(cluster: string): string {
  if (Buffer.byteLength(cluster) <= MAX_FOLDER_BYTES) return cluster;
  const name = `baton-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`;
  const inTemporary = join(tmpdir(), name);
  return Buffer.byteLength(inTemporary) <= MAX_FOLDER_BYTES ? inTemporary : join('/tmp', name);
}

/** Creates the folder. Anyone may write to the temporary directory, so a folder of another account is an error. */
export function makeSocketFolder(folder: string, { account, folder: cluster }: Cluster): void {
  if (folder === cluster) return;
  mkdirSync(folder, { mode: 0o700, recursive: true });
  const found = lstatSync(folder);
  const ours = [process.getuid?.(), account?.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new Error(`${folder} is needed for the database's socket, but belongs to another account.`);
  }
  setOwner(folder, account, 0o700);
}

export function removeSocketFolder(folder: string, { folder: cluster }: Cluster): void {
  if (folder !== cluster) rmSync(folder, { recursive: true, force: true });
}

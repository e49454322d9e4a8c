import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What `postmaster.pid` says about the Postgres that runs, or ran, in a cluster. */
export interface Postmaster {
  port: number;
  socketFolder: string;
}

export function readPostmaster(cluster: string): Postmaster | undefined {
  const [, , , port, socketFolder] = (readIfThere(pidFile(cluster)) ?? '').split('\n');
  return port && socketFolder ? { port: Number(port), socketFolder } : undefined;
}

/**
 * Whether any process of this cluster's Postgres is to be seen: its parent, or a child that outlived a killed parent. All
 * carry the cluster's name in their command line; a zombie has none. Undefined where the system does not show processes.
 */
export function hasProcesses(clusterName: string): boolean | undefined {
  if (process.platform !== 'linux') return undefined;
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.some((pid) => readIfThere(`/proc/${pid}/cmdline`)?.includes(clusterName));
}

/** Removes what a Postgres left behind that the caller knows to be dead. */
export function removeLocks(cluster: string, { port, socketFolder }: Postmaster): void {
  const socket = join(socketFolder, `.s.PGSQL.${port}`);
  for (const file of [`${socket}.lock`, socket, pidFile(cluster)]) rmSync(file, { force: true });
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The address in `postmaster.pid`. PostgreSQL may have ended since it wrote the file. */
export interface Address {
  port: number;
  socketFolder: string;
}

export function readAddress(cluster: string): Address | undefined {
  const [, , , port, socketFolder] = readPidFile(cluster);
  return port && socketFolder ? { port: Number(port), socketFolder } : undefined;
}

export function readPid(cluster: string): number | undefined {
  const [pid] = readPidFile(cluster);
  return pid ? Number(pid) : undefined;
}

export interface Processes {
  /** False if the system hides other processes. The other fields are then meaningless. */
  visible: boolean;
  postmaster: boolean;
  /** Process ids of backends and background workers. */
  children: number[];
}

/** Finds the living processes of a cluster by its name in their command lines. Zombies have no command line. */
export function findProcesses(clusterName: string): Processes {
  const found: Processes = { visible: process.platform === 'linux', postmaster: false, children: [] };
  if (!found.visible) return found;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const commandLine = readIfThere(`/proc/${entry}/cmdline`) ?? '';
    if (commandLine.startsWith(`postgres: ${clusterName}: `)) found.children.push(Number(entry));
    else if (commandLine.includes(`cluster_name=${clusterName}`)) found.postmaster = true;
  }
  return found;
}

/** True if the process in `postmaster.pid` has ended but its parent, often a container's pid 1, has not reaped it. */
export function isZombie(cluster: string): boolean {
  const status = readIfThere(`/proc/${readPid(cluster)}/status`) ?? '';
  return /^State:\s+Z/m.test(status);
}

/** Removes the lock files of a PostgreSQL that has ended. */
export function removeLocks(cluster: string, { port, socketFolder }: Address): void {
  const socket = join(socketFolder, `.s.PGSQL.${port}`);
  for (const file of [`${socket}.lock`, socket, join(cluster, PID_FILE)]) rmSync(file, { force: true });
}

const PID_FILE = 'postmaster.pid';

function readPidFile(cluster: string): string[] {
  return (readIfThere(join(cluster, PID_FILE)) ?? '').split('\n');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

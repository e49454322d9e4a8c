import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the Postgres listens, or listened, that wrote `postmaster.pid`. */
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
  /** False where the system does not show other processes; the rest then says nothing. */
  visible: boolean;
  postmaster: boolean;
  /** Pids of its children: backends and background workers. */
  children: number[];
}

/** The living processes of a cluster's Postgres, known by its name in their command lines, which zombies have lost. */
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

/** Whether the process in `postmaster.pid` has ended and only waits for its parent, often a container's idle pid 1, to notice. */
export function isZombie(cluster: string): boolean {
  const status = readIfThere(`/proc/${readPid(cluster)}/status`) ?? '';
  return /^State:\s+Z/m.test(status);
}

/** Removes what a Postgres left behind that the caller knows to be dead. */
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

import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_SECOND = 100;

/** CPU seconds that a process, and all that it started, have used so far: from `/proc`, so on Linux only; elsewhere null. */
export async function cpuSeconds(pid: number, { alone = false } = {}): Promise<number | null> {
  const all = await processes();
  if (all === null) return null;
  if (alone) return (all.get(pid)?.ticks ?? 0) / TICKS_PER_SECOND;
  const childrenOf = Map.groupBy(all.values(), ({ parent }) => parent);
  let sum = 0;
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    sum += all.get(next)?.ticks ?? 0;
    open.push(...(childrenOf.get(next) ?? []).map((child) => child.pid));
  }
  return sum / TICKS_PER_SECOND;
}

interface Process {
  pid: number;
  parent: number;
  ticks: number;
}

async function processes(): Promise<Map<number, Process> | null> {
  const names = await readdir('/proc').catch(() => null);
  if (names === null) return null;
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => read(Number(name))));
  return new Map(found.filter((one) => one !== null).map((one) => [one.pid, one]));
}

async function read(pid: number): Promise<Process | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in brackets may hold anything; after it come state, parent, …; the 14th and 15th are the times.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const times = fields.slice(11, 13).reduce((sum, ticks) => sum + Number(ticks), 0);
  return { pid, parent: Number(fields[1]), ticks: times };
}

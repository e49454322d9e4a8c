import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_SECOND = 100;

/** CPU seconds that a process and all that it started have used so far: from `/proc`, so on Linux only; elsewhere null. */
export async function cpuSeconds(pid: number): Promise<number | null> {
  const all = await processes();
  if (all === null) return null;
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
  // The name in brackets may hold anything; after it come state, parent, … and from the 14th field on the times, waited-for children included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const times = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
  return { pid, parent: Number(fields[1]), ticks: times };
}

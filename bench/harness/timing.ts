/** Seconds that the work takes. */
export async function seconds(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** `workers` at a time, until the time is over. Gives how often the work was done. */
export async function closedLoop(
  workers: number,
  forSeconds: number,
  once: (worker: number, round: number) => Promise<void>,
) {
  const end = performance.now() + forSeconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let round = 0; performance.now() < end; round += 1) {
        await once(worker, round);
        done += 1;
      }
    }),
  );
  return done;
}
/** The value that the share `q` of the samples does not exceed; 0 of none. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** At full rate before anything is measured: a server is started once and runs for weeks, compiled and with warm pools. */
export const WARM_UP_SECONDS = 5;

/** Calls `once` at even moments, `perSecond` times a second, also where the calls before are still under way. Gives how often. */
export async function atRate(
  perSecond: number,
  forSeconds: number,
  once: (index: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const total = Math.round(perSecond * forSeconds);
  const running: Promise<void>[] = [];
  for (let index = 0; index < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * perSecond) + 1);
    for (; index < due; index += 1) running.push(once(index));
    await pause(1);
  }
  await Promise.all(running);
  return total;
}

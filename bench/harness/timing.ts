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

/** One measured figure beside its bare limit of the same run: machines differ, ratios less so. */
export interface Figure {
  name: string;
  /** Operations per second. */
  perSecond: number;
  /** What the same work costs with nothing of ours around it. */
  limit: { name: string; perSecond: number };
}

export function print(figures: Figure[]): void {
  console.table(
    figures.map(({ name, perSecond, limit }) => ({
      what: name,
      'per second': Math.round(perSecond),
      'bare limit': limit.name,
      'limit per second': Math.round(limit.perSecond),
      ratio: (perSecond / limit.perSecond).toFixed(2),
    })),
  );
  console.log(JSON.stringify(figures));
}

/** Seconds that the work takes. */
export async function seconds(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Counts of things that happened, by group: `transitions`, `faults`, … */
export type Tally = Record<string, Record<string, number>>;

export function count(tally: Tally, group: string, what: string, by = 1): void {
  const counts = (tally[group] ??= {});
  counts[what] = (counts[what] ?? 0) + by;
}

export function add(sum: Tally, other: Tally): void {
  for (const [group, counts] of Object.entries(other)) {
    for (const [what, by] of Object.entries(counts)) count(sum, group, what, by);
  }
}

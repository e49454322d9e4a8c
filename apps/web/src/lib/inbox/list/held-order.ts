/** Rows in the order in which someone reads them, and how many are newer than the first of these. */
export interface HeldRows<T> {
  rows: T[];
  newer: number;
}

/**
 * Nothing that is being read moves: rows that were there keep their places, older ones are added at the end, and
 * what is new or has become newer than the first is only counted.
 * @param held ids in the order that is on the screen
 * @param fresh rows in the order that they should have
 */
export function inHeldOrder<T extends { id: string }>(held: readonly string[], fresh: readonly T[]): HeldRows<T> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const kept = held.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(held);
  const lastKnown = fresh.findLastIndex(({ id }) => known.has(id));
  const first = kept[0];
  const older = fresh.slice(lastKnown + 1);
  return { rows: [...kept, ...older], newer: first === undefined ? 0 : fresh.indexOf(first) };
}

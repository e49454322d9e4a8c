/**
 * Does a batch without ever waiting for one lock while holding another: `attempt` gives null for what was locked elsewhere,
 * and that is done again on its own, where it may wait. Plain batches of row locks deadlock.
 */
export async function skipThenWait<Item, Result extends object | boolean>(
  items: Item[],
  attempt: (items: Item[], mayWait: boolean) => Promise<(Result | null)[]>,
): Promise<Result[]> {
  if (items.length === 0) return [];
  const results = await attempt(items, items.length === 1);
  const done: Result[] = [];
  for (const [index, item] of items.entries()) {
    let result = results[index] ?? null;
    while (result === null) [result = null] = await attempt([item], true);
    done.push(result);
  }
  return done;
}

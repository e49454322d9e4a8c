/**
 * Runs a batch of row locks without deadlocks: `attempt` returns null for each item whose row is locked elsewhere, and such an
 * item is tried again alone, where it may wait.
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

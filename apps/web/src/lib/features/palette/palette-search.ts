export interface Findable {
  title: string;
  /** Other words to find it by. */
  also: string;
  possible: boolean;
}

/**
 * The items that match every word of a query, ignoring accents and case. Possible items come first, then titles that
 * begin with the query. An empty query returns every item in its order.
 */
export function findIn<T extends Findable>(items: readonly T[], query: string): T[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...items];
  return items
    .map((item) => ({ item, rank: rankOf(item, wanted) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ item }) => item);
}

function rankOf({ title, also, possible }: Findable, wanted: readonly string[]): number | null {
  const name = plain(title);
  const words = `${name} ${plain(also)}`;
  if (!wanted.every((word) => words.includes(word))) return null;
  return (possible ? 0 : 10) + nearness(name, wanted[0] ?? '');
}

function nearness(name: string, word: string): number {
  if (name.startsWith(word)) return 0;
  if (name.includes(` ${word}`)) return 1;
  return name.includes(word) ? 2 : 3;
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}

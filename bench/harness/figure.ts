/** One measured figure beside its bare limit of the same run: machines differ, ratios less so. */
export interface Figure {
  /** The goal it is measured for, or `null` for one that only explains others. */
  goal: { id: string; text: string } | null;
  name: string;
  value: number;
  unit: string;
  /** The cost of the same work without Baton around it. */
  limit: { name: string; value: number } | null;
  /** Further counts by name. */
  details: Record<string, number | string>;
}

export function ratioOf({ value, limit }: Figure): number | null {
  return limit === null || limit.value === 0 ? null : value / limit.value;
}

export function print(figures: Figure[]): void {
  console.table(
    figures.map((figure) => ({
      goal: figure.goal?.id ?? '',
      what: figure.name,
      measured: `${rounded(figure.value)} ${figure.unit}`,
      'bare limit': figure.limit === null ? '' : `${rounded(figure.limit.value)} ${figure.unit}, ${figure.limit.name}`,
      ratio: ratioOf(figure)?.toFixed(2) ?? '',
      wanted: figure.goal?.text ?? '',
    })),
  );
  for (const { name, details } of figures) {
    const counted = Object.entries(details).map(([key, value]) => `${key} ${rounded(value)}`);
    if (counted.length > 0) console.log(`${name}: ${counted.join(', ')}`);
  }
}

function rounded(value: number | string): string {
  if (typeof value === 'string') return value;
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(2);
}

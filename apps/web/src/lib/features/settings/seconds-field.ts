/** Parses a field of whole seconds; null unless a whole number from 0 to `max`. */
export function readSeconds(text: string, max: number): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,9}$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value <= max ? value : null;
}

/** Times of a scenario begin here: 13 digits that no other number begins with, so that they are found in any JSON. */
export const BASE = 7_000_000_000_000;

/** A place in a scenario's row that is filled per conversation. */
export function placeholder(name: string): string {
  return `‹${name}›`;
}

/** A row with places to fill: text, name, text, name, …, text. A time is named by its milliseconds after `BASE`. */
export type RowTemplate = string[];

const PLACES = /‹([^›]+)›|(7\d{12})(?!\d)/g;

export function toRowTemplate(row: string): RowTemplate {
  const parts: string[] = [];
  let from = 0;
  for (const match of row.matchAll(PLACES)) {
    parts.push(row.slice(from, match.index), match[1] ?? `+${Number(match[2]) - BASE}`);
    from = match.index + match[0].length;
  }
  return [...parts, row.slice(from)];
}

export function fillTemplate(template: RowTemplate, fill: (place: string) => string | number): string {
  let row = template[0] ?? '';
  for (let index = 1; index < template.length; index += 2) row += fill(template[index]!) + template[index + 1]!;
  return row;
}

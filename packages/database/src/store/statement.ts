import type { Sql } from '../connect.ts';
import { available } from './unavailable.ts';

/** What a statement of the hot path takes. Records go in as one JSON document, which SQL turns into rows. */
export type Argument = string | number | null;

/** Runs one prepared statement. @throws StoreUnavailable */
export async function run<Row extends object>(sql: Sql, statement: string, args: Argument[]): Promise<Row[]> {
  return await available(sql.unsafe<Row[]>(statement, args, { prepare: true }));
}

export function json(records: unknown): string {
  return JSON.stringify(records);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

import type { ConversationKey } from '@baton/runtime';
import type { Sql } from '../connect.ts';
import { available } from './unavailable.ts';

/** Argument of a hot path statement. Records are one JSON document, which SQL turns into rows. */
export type Argument = string | number | null;

/** Runs one prepared statement. @throws StoreUnavailable */
export async function run<Row extends object>(sql: Sql, statement: string, args: Argument[]): Promise<Row[]> {
  return await available(sql.unsafe<Row[]>(statement, args, { prepare: true }));
}

export function json(records: unknown): string {
  return JSON.stringify(records);
}

/** Keys to look up. The rows of the result refer to them by `idx`. */
export function keyRecords(keys: ConversationKey[]): object[] {
  return keys.map((key, idx) => ({ idx, workspace_id: key.workspaceId, conversation_id: key.conversationId }));
}

/**
 * One record per line, split in SQL by `string_to_table`: PostgreSQL parses many small documents in half the time of one large
 * document. `JSON.stringify` writes no line breaks.
 */
export function jsonLines(records: unknown[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

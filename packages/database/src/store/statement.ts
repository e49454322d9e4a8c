import type { ConversationKey } from '@baton/runtime';
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

/** Conversations to look up, numbered: what is found of each says by `idx` whose it is. */
export function keyRecords(keys: ConversationKey[]): object[] {
  return keys.map((key, idx) => ({ idx, workspace_id: key.workspaceId, conversation_id: key.conversationId }));
}

/**
 * A record per line, which SQL takes apart by `string_to_table`: PostgreSQL parses many small documents in half the time of
 * one large one. JSON has no line breaks of its own.
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

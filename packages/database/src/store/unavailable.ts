import { StoreUnavailable } from '@baton/runtime';

/** SQLSTATE classes and codes that say the database is away, or cannot take anything now: nothing is wrong with the statement. */
const AWAY = [
  '08', // connection exceptions
  '53', // out of disk, memory or connections
  '57', // shutdown, crash recovery, cancelled by a timeout
  '58', // I/O errors
  '25006', // read-only: a standby, or a primary on its way out
  '40001', // serialization failures do not happen at our isolation level but by failover tools
];

/**
 * SQLSTATE classes of what no item of a statement is guilty of: it would befall any other as well, or befalls whichever lies on
 * that page of the disk (ADR 12).
 */
const NOT_ITS_DOING = [
  '0A', // a plan that a migration has outdated
  '26', // prepared statements that a pooler has lost
  '28', // the role may not come in any more
  '3D', // the database was dropped or renamed
  '40', // deadlocks
  '42', // a table as another version has it; a right that was taken away; a file system turned read-only
  '55', // something is being altered
  'XX', // damaged pages and indexes, disk quotas, whatever PostgreSQL has no other word for
];

/** How the driver and the operating system say it. */
const LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

/** True where a statement failed because the database is away, not because of what it said; also where that is wrapped. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null) return LOST.has(code) || AWAY.some((prefix) => code.startsWith(prefix));
  // Node tries every address of a name, and tells of all of them.
  return error instanceof AggregateError && error.errors.some(isUnavailable);
}

/** True where a statement with one item failed, and not because of that item. */
export function isNotItsDoing(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && NOT_ITS_DOING.some((prefix) => code.startsWith(prefix));
}

/** Awaits a query and turns a lost database into `StoreUnavailable`. */
export async function available<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (isUnavailable(error)) throw new StoreUnavailable('the database is away', { cause: error });
    throw error;
  }
}

/** The SQLSTATE or system code of an error or, where Drizzle wrapped it, of its cause. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

import { StoreUnavailable } from '@baton/runtime';

/** SQLSTATE classes and codes of an unavailable database. The statement itself is correct. */
const UNAVAILABLE_CODES = [
  '08', // connection exceptions
  '53', // out of disk, memory or connections
  '57', // shutdown, crash recovery, cancelled by a timeout
  '58', // I/O errors
  '25006', // read-only: a standby, or a primary during failover
  '40001', // serialization failures: at our isolation level only failover tools cause them
];

/** SQLSTATE classes of failures that no item of a statement has caused: other items would fail in the same way (ADR 12). */
const UNRELATED_CODES = [
  '0A', // a plan that a migration has outdated
  '26', // prepared statements that a pooler has lost
  '28', // the role may no longer connect
  '3D', // the database was dropped or renamed
  '40', // deadlocks
  '42', // a table of another version, a revoked privilege, a read-only file system
  '55', // an object is being altered
  'XX', // damaged pages and indexes, disk quotas, other internal errors
];

/** The same from the driver and the operating system. */
const LOST_CONNECTION_CODES = new Set([
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

/** True if a statement failed because the database is unavailable. Also recognises wrapped errors. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null)
    return LOST_CONNECTION_CODES.has(code) || UNAVAILABLE_CODES.some((prefix) => code.startsWith(prefix));
  // Node tries every address of a host and collects the errors.
  return error instanceof AggregateError && error.errors.some(isUnavailable);
}

/** True if a statement failed for a reason that no item has caused. */
export function isUnrelatedFailure(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && UNRELATED_CODES.some((prefix) => code.startsWith(prefix));
}

/** Awaits a query and turns the failure of an unavailable database into `StoreUnavailable`. */
export async function available<T>(query: PromiseLike<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (isUnavailable(error)) throw new StoreUnavailable('the database is unavailable', { cause: error });
    throw error;
  }
}

/** The SQLSTATE or system code of an error or, where Drizzle wrapped it, of its cause. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

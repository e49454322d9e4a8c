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

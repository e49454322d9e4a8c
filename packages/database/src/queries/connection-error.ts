/** Codes of postgres.js and Node that mean: the server was not reached, or went away. */
const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  // PostgreSQL: shutting down, crashed, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Is the database away, whatever has been wrapped around the error that says so? */
export function isConnectionError(error: unknown): boolean {
  return codes(error).some((code) => CONNECTION_CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code));
}

function codes(error: unknown): string[] {
  return causes(error).flatMap((cause) => ('code' in cause && typeof cause.code === 'string' ? [cause.code] : []));
}

/** The error and what it wraps: Drizzle, better-auth and Node each put one around another. */
function causes(error: unknown): object[] {
  const found: object[] = [];
  for (
    let at = error;
    typeof at === 'object' && at !== null && found.length < 8;
    at = 'cause' in at ? at.cause : null
  ) {
    found.push(at);
    if (at instanceof AggregateError)
      found.push(...at.errors.filter((one: unknown) => typeof one === 'object' && one !== null));
  }
  return found;
}

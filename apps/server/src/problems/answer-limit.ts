/** Longer than the short pauses of a database failover, and shorter than the timeouts of clients and proxies. */
export const MAX_ANSWER_MS = 10_000;

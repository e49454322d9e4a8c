/** A receiver can delay a message by this much at most. */
const MAX_WAIT_MS = 3_600_000;

/** `Retry-After` (RFC 9110: seconds, or a date) in milliseconds from now, at most an hour; null without a valid one. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const value = header.trim();
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : httpDate(value) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_WAIT_MS);
}

/** `Date.parse` accepts many formats; HTTP dates begin with a weekday and end in GMT. */
function httpDate(value: string): number {
  return /^[A-Z][a-z]{2,8}, .* GMT$/.test(value) ? Date.parse(value) : Number.NaN;
}

/**
 * May a page of this `Origin` show the chat? Our own pages always, others by the channel's `allowedOrigins`. Case, default
 * ports and a trailing slash do not matter. `null` (files, sandboxed frames) never may.
 */
export function isAllowedOrigin(origin: string, ours: readonly string[], allowed: readonly string[] = []): boolean {
  const requested = originOf(origin);
  return requested !== null && [...ours, ...allowed].some((candidate) => originOf(candidate) === requested);
}

function originOf(text: string): string | null {
  const url = URL.parse(text);
  // Browsers send a bare origin; anything longer comes from elsewhere.
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const rest = url.username + url.password + url.search + url.hash;
  return rest === '' && url.pathname === '/' ? url.origin : null;
}

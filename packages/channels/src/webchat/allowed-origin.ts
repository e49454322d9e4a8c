/**
 * May a page of this `Origin` show the chat? Pages of ours always, others by the channel's `allowedOrigins`; compared
 * as origins, so case, default ports and a trailing slash do not matter. `null` (files, sandboxed frames) never may.
 */
export function isAllowedOrigin(origin: string, ours: readonly string[], allowed: readonly string[] = []): boolean {
  const asked = originOf(origin);
  return asked !== null && [...ours, ...allowed].some((candidate) => originOf(candidate) === asked);
}

function originOf(text: string): string | null {
  const url = URL.parse(text);
  // A browser sends nothing but an origin: whatever has more was not written by one.
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const more = url.username + url.password + url.search + url.hash;
  return more === '' && url.pathname === '/' ? url.origin : null;
}

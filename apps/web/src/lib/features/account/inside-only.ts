/** Returns a path of this app, or null: a link must not redirect to another site. */
export function insideOnly(next: string | null): string | null {
  if (next === null || !next.startsWith('/')) return null;
  const here = 'http://inside.invalid';
  const url = URL.canParse(next, here) ? new URL(next, here) : null;
  return url?.origin === here ? url.pathname + url.search : null;
}

import type { Arrival } from '../core/ports.ts';

const TIMEOUT_MS = 10_000;
const MISSING = new Set([403, 404]);
const MAX_WAIT_MS = 60_000;

/** Creates a visitor of a web chat. The token stays in the customer's browser and opens their conversation. */
export async function createVisitor(server: string, channelId: string, name: string): Promise<Arrival> {
  try {
    const response = await fetch(`${server}/api/v1/channels/${encodeURIComponent(channelId)}/visitors`, {
      method: 'POST',
      // The inbox may be on the same origin: its cookie must not go along.
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(name === '' ? {} : { name }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (MISSING.has(response.status)) return { kind: 'missing' };
    // An invalid name must not keep a customer out.
    if (response.status === 422 && name !== '') return createVisitor(server, channelId, '');
    const token = response.ok ? tokenIn(await response.json()) : null;
    if (token !== null) return { kind: 'token', token };
    return { kind: 'away', retryAfterMs: retryAfter(response) };
  } catch {
    explain(server);
    return { kind: 'away', retryAfterMs: 0 };
  }
}

function tokenIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body)) return null;
  return typeof body.token === 'string' ? body.token : null;
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, MAX_WAIT_MS) : 0;
}

let explained = false;

/** A script cannot tell an offline server from a forbidden origin, but the author of the page can. */
function explain(server: string): void {
  if (explained || server === location.origin) return;
  explained = true;
  const hint = `if ${server} is up, allow ${location.origin} in Settings > Channels there`;
  // oxlint-disable-next-line no-console -- for the author of the page; its visitors see that there is no connection
  console.warn(`<baton-chat> cannot reach its server: ${hint}.`);
}

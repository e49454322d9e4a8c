import type { Context } from 'hono';
import type { ApiEnv } from './api-env.ts';

/** The address at the other end of the socket. Headers are not believed: anyone can send them. */
export function remoteAddress(c: Context<ApiEnv>): string | null {
  return c.env?.incoming?.socket.remoteAddress ?? null;
}

/** A request of this machine itself, and not one that a proxy on it hands on. */
export function isLocal(c: Context<ApiEnv>): boolean {
  if (c.req.header('forwarded') ?? c.req.header('x-forwarded-for')) return false;
  const address = remoteAddress(c)?.replace(/^::ffff:/, '');
  return address === '::1' || (address?.startsWith('127.') ?? false);
}

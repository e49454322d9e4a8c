import type { Context } from 'hono';
import type { ApiEnv } from '../api-env.ts';
import { clientAddress, type TrustedProxies } from './client-address.ts';

/** The client's address, for limits. Only trusted proxies are believed, since anyone can send `X-Forwarded-For`. */
export function remoteAddress(c: Context<ApiEnv>, proxies: TrustedProxies): string | null {
  return clientAddress(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'), proxies);
}

/** A request from this machine itself, not one that a local proxy forwards. */
export function isLocal(c: Context<ApiEnv>): boolean {
  if (c.req.header('forwarded') ?? c.req.header('x-forwarded-for')) return false;
  const address = c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '');
  return address === '::1' || (address?.startsWith('127.') ?? false);
}

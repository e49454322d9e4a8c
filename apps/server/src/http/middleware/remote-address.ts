import type { Context } from 'hono';
import type { ApiEnv } from '../api-env.ts';
import { clientAddress, type TrustedProxies } from './client-address.ts';

/** Who is asking, for limits. Without trusted proxies the other end of the connection: headers are anyone's to send. */
export function remoteAddress(c: Context<ApiEnv>, proxies: TrustedProxies): string | null {
  return clientAddress(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'), proxies);
}

/** A request of this machine itself, and not one that a proxy on it hands on. */
export function isLocal(c: Context<ApiEnv>): boolean {
  if (c.req.header('forwarded') ?? c.req.header('x-forwarded-for')) return false;
  const address = c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '');
  return address === '::1' || (address?.startsWith('127.') ?? false);
}

import { isIP } from 'node:net';
import { mayConnect } from './address.ts';

export type Target =
  | { ok: true; url: URL }
  /** `detail` is for people. It does not tell which address a name resolves to. */
  | { ok: false; kind: 'badUrl' | 'forbiddenAddress'; detail: string };

/**
 * Parses a URL and rejects all that needs no DNS. The WHATWG parser turns every spelling of an IPv4 address (decimal,
 * octal, hex, short, full-width) into the one that is checked.
 */
export function parseTarget(text: string, allowPrivateNetwork: boolean): Target {
  const url = URL.parse(text);
  if (url === null) return { ok: false, kind: 'badUrl', detail: 'the address is not a URL' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { ok: false, kind: 'badUrl', detail: 'only http and https addresses are called' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, kind: 'badUrl', detail: 'a user name or password in the address is not allowed' };
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(host) !== 0;
  const forbidden = literal ? !mayConnect(host, allowPrivateNetwork) : isLocalhost(host) && !allowPrivateNetwork;
  return forbidden ? { ok: false, kind: 'forbiddenAddress', detail: FORBIDDEN } : { ok: true, url };
}

export const FORBIDDEN = 'the address is not on the public internet';

/** RFC 6761: these names mean this machine, whatever DNS says. */
function isLocalhost(host: string): boolean {
  return /(^|\.)localhost\.?$/.test(host);
}

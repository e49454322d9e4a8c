import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { mayConnect } from './address.ts';

/** Resolves all addresses of a name. @throws as `dns.lookup` does */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const resolveWithSystem: Resolve = (hostname) => systemLookup(hostname, { all: true, order: 'verbatim' });

/** All addresses of a name are forbidden. */
export class ForbiddenAddress extends Error {}

/**
 * A lookup for `http.Agent` sockets. It resolves a name once, and the socket connects to the checked addresses only, which
 * prevents DNS rebinding. Forbidden addresses are dropped rather than fatal: networks with DNS64 add one to every name.
 */
export function pinnedLookup(resolve: Resolve, allowPrivateNetwork: boolean): LookupFunction {
  async function usableAddresses(hostname: string, family: 4 | 6 | null): Promise<[LookupAddress, ...LookupAddress[]]> {
    const found = await resolve(hostname);
    const [first, ...others] = found.filter((candidate) => {
      return (family === null || candidate.family === family) && mayConnect(candidate.address, allowPrivateNetwork);
    });
    if (first === undefined) throw new ForbiddenAddress();
    return [first, ...others];
  }
  const usableAddressesOf = callbackify(usableAddresses);

  return (hostname, options, callback) => {
    usableAddressesOf(hostname, familyOf(options.family), (error, usable) => {
      if (error !== null) callback(error, '', 0);
      else if (options.all === true) callback(null, usable);
      else callback(null, usable[0].address, usable[0].family);
    });
  };
}

function familyOf(asked: LookupOptions['family']): 4 | 6 | null {
  if (asked === 4 || asked === 'IPv4') return 4;
  return asked === 6 || asked === 'IPv6' ? 6 : null;
}

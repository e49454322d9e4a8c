import { BlockList, isIP } from 'node:net';

/** Reverse proxies whose `X-Forwarded-For` header counts. */
export interface TrustedProxies {
  has(address: string): boolean;
}

/** Trusts no proxy: the client is the other end of the connection. */
export const NO_PROXIES: TrustedProxies = { has: () => false };

const NAMED: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
};

/** Parses a comma-separated list of addresses, networks (`10.1.0.0/16`), `loopback` and `private`. Null if one is invalid. */
export function trustedProxies(list: string): TrustedProxies | null {
  const entries = list.split(',').map((entry) => entry.trim());
  const networks = entries.flatMap((entry) => NAMED[entry] ?? [entry]).map(parseNetwork);
  const trusted = new BlockList();
  for (const network of networks) {
    if (network === null) return null;
    trusted.addSubnet(network.address, network.prefix, network.family);
  }
  return { has: (address) => trusted.check(address, familyOf(address)) };
}

/**
 * The connection's address; behind trusted proxies, the last untrusted address in `X-Forwarded-For`. Earlier entries
 * may be forged by the client.
 */
export function clientAddress(
  connection: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string | null {
  if (connection === undefined) return null;
  let client = plain(connection);
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  for (let hop = hops.pop(); hop !== undefined && isIP(hop) !== 0 && proxies.has(client); hop = hops.pop())
    client = hop;
  return client;
}

function parseNetwork(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', prefix, ...rest] = text.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0 || rest.length > 0) return null;
  if (prefix === undefined) return { address, prefix: longest, family: familyOf(address) };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest
    ? { address, prefix: Number(prefix), family: familyOf(address) }
    : null;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A dual-stack server reports IPv4 clients as `::ffff:a.b.c.d`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

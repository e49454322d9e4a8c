import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Reachable only if the operator allows it: machines of the own network, containers, VPNs. */
const PRIVATE_RANGES = new Set<string>(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** All other IPv6 addresses are unassigned, local, or wrap an IPv4 address. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** Cloud metadata, which gives out credentials. No setting allows these; 169.254.169.254 is link-local already. */
const METADATA = new Set(['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254']);

/**
 * May we connect to this address? Public unicast always; loopback and private networks only if allowed; link-local,
 * multicast, reserved, tunnelled and translated addresses (6to4, Teredo, NAT64) and cloud metadata never.
 * An IPv4 address inside IPv6 (`::ffff:a.b.c.d`) counts as the IPv4 address.
 */
export function mayConnect(address: string, allowPrivateNetwork: boolean): boolean {
  const ip = read(address);
  if (ip === null || METADATA.has(ip.toString())) return false;
  const range: string = ip.range();
  if (PRIVATE_RANGES.has(range)) return allowPrivateNetwork;
  return range === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_UNICAST));
}

function read(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (isIPv4(address)) return ipaddr.process(address);
  if (!isIPv6(address)) return null;
  // ipaddr.js reads `::8.8.8.8` as `::ffff:8.8.8.8`, unlike the system. The URL parser writes both in plain hex, and
  // rejects zones (`%eth0`), which exist only on local links.
  const plain = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  return plain === undefined ? null : ipaddr.process(plain);
}

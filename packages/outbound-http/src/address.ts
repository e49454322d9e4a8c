import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Reachable only for who runs the server and says so: another machine of the house, a container, a VPN. */
const PRIVATE_RANGES = new Set<string>(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Everything else in IPv6 is unassigned, local, or an envelope for an IPv4 address. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** Where clouds hand out credentials to whoever asks. No setting opens these; 169.254.169.254 is link-local anyway. */
const METADATA = new Set(['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254']);

/**
 * May we connect to this address? Public unicast always; loopback and private networks only if allowed; link-local,
 * multicast, reserved, tunnelled and translated addresses (6to4, Teredo, NAT64) and cloud metadata never.
 * An IPv4 address inside IPv6 (`::ffff:a.b.c.d`) is judged as what it is.
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
  // ipaddr.js takes `::8.8.8.8` for `::ffff:8.8.8.8`, the system does not: the URL parser writes either in plain hex.
  // It knows no zones (`%eth0`): they only make sense on this machine's own links.
  const plain = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  return plain === undefined ? null : ipaddr.process(plain);
}

import { describe, expect, test } from 'vitest';
import {
  clientAddress,
  NO_PROXIES,
  trustedProxies,
  type TrustedProxies,
} from '../../src/http/middleware/client-address.ts';

const trust = (list: string): TrustedProxies => {
  const proxies = trustedProxies(list);
  if (proxies === null) throw new Error(`${list} is not a list`);
  return proxies;
};

test('without trusted proxies nobody is believed: the address is the connection’s', () => {
  expect(clientAddress('203.0.113.9', '198.51.100.1', NO_PROXIES)).toBe('203.0.113.9');
  expect(clientAddress('127.0.0.1', '198.51.100.1', NO_PROXIES)).toBe('127.0.0.1');
  expect(clientAddress(undefined, '198.51.100.1', trust('loopback'))).toBe(null);
});

test('a stranger who claims to be a proxy is not believed', () => {
  expect(clientAddress('203.0.113.9', '198.51.100.1', trust('10.0.0.0/8'))).toBe('203.0.113.9');
});

describe('behind a trusted proxy', () => {
  const proxies = trust('loopback, 10.1.0.0/16, 2001:db8::/32');

  test('the client is whom the proxy saw', () => {
    expect(clientAddress('127.0.0.1', '198.51.100.1', proxies)).toBe('198.51.100.1');
    expect(clientAddress('::ffff:127.0.0.1', '198.51.100.1', proxies)).toBe('198.51.100.1');
    expect(clientAddress('2001:db8::7', '2001:4860::1', proxies)).toBe('2001:4860::1');
  });

  test('what the client itself wrote into the header is not believed', () => {
    expect(clientAddress('127.0.0.1', '1.2.3.4, 198.51.100.1', proxies)).toBe('198.51.100.1');
    expect(clientAddress('127.0.0.1', '1.2.3.4, 10.1.0.9, 198.51.100.1', proxies)).toBe('198.51.100.1');
  });

  test('several proxies in a row are all passed', () => {
    expect(clientAddress('127.0.0.1', '1.2.3.4, 198.51.100.1, 10.1.0.9', proxies)).toBe('198.51.100.1');
    expect(clientAddress('127.0.0.1', '10.1.0.7, 10.1.0.9', proxies)).toBe('10.1.0.7');
  });

  test('what is no address ends the search at the proxy that said it', () => {
    for (const header of ['', 'unknown', '198.51.100.1, nonsense', '198.51.100.1,', '<script>']) {
      expect(clientAddress('127.0.0.1', header, proxies)).toBe('127.0.0.1');
    }
    expect(clientAddress('127.0.0.1', 'nonsense, 10.1.0.9', proxies)).toBe('10.1.0.9');
    expect(clientAddress('127.0.0.1', undefined, proxies)).toBe('127.0.0.1');
  });
});

test('a list of proxies is addresses, networks and two names', () => {
  expect(trust('private').has('172.20.0.3')).toBe(true);
  expect(trust('private').has('172.32.0.3')).toBe(false);
  expect(trust('192.0.2.1').has('192.0.2.2')).toBe(false);
  expect(trust('::1').has('::1')).toBe(true);
  for (const list of ['nginx', '10.0.0.0/33', '10.0.0.0/x', '10.0.0/8', '::1/129', '10.0.0.1/8/9', ',', '10.0.0.1,']) {
    expect([list, trustedProxies(list)]).toEqual([list, null]);
  }
});

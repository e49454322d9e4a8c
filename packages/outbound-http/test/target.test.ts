import { describe, expect, it } from 'vitest';
import { parseTarget } from '../src/target.ts';

/** Spellings of private addresses; none may pass without `allowPrivateNetwork`. */
const INSIDE = [
  'http://127.0.0.1/',
  'http://127.0.0.1:8080/hook',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0x7F.0x00.0x00.0x01/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://0177.0.0.01/',
  'http://127.0.0.1./',
  'http://127%2e0%2e0%2e1/',
  'http://%31%32%37.0.0.1/',
  'http://１２７.0.0.1/',
  'http://127。0。0。1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::FFFF:10.0.0.1]/',
  'http://[fd00::1]/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost:3000/',
  'http://localhost./',
  'http://foo.localhost/',
  'http://a.b.localhost./',
  'http://ⓛocalhost/',
  'http://local\thost/',
  'http:127.0.0.1/',
  'http:/127.0.0.1/',
  'http:\\\\127.0.0.1\\',
  '  http://127.0.0.1/',
  'https://10.1.2.3/',
  'https://192.168.1.1/',
  'https://172.16.5.4/',
  'http://100.64.0.1/',
];

/** Forbidden under every setting. */
const NEVER_INSIDE = [
  'http://0/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://168.63.129.16/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
];

const BAD = [
  '',
  'not a url',
  '/relative',
  '//example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_PING',
  'javascript:alert(1)',
  'data:text/plain,hi',
  'unix:/var/run/docker.sock',
  'ws://example.com/',
  'http://user@example.com/',
  'http://user:pass@example.com/',
  'http://:pass@example.com/',
  'http://example.com@127.0.0.1/',
  'http://256.256.256.256/',
  'http://1.2.3.4.5/',
  'http://[::1/',
  'http://[fe80::1%25eth0]/',
  'http://exa mple.com/',
  'http://example.com:99999/',
];

const FINE = [
  'http://example.com/hook',
  'https://example.com:8443/hook?x=1',
  'https://8.8.8.8/',
  'https://[2606:4700:4700::1111]/',
  'https://localhost.example.com/',
  'https://mylocalhost/',
  'https://münchen.example/',
];

describe('the target of a URL', () => {
  it.each(INSIDE)('rejects %j unless private networks are allowed', (url) => {
    expect(parseTarget(url, false)).toMatchObject({ ok: false, kind: 'forbiddenAddress' });
    expect(parseTarget(url, true)).toMatchObject({ ok: true });
  });

  it.each(NEVER_INSIDE)('always rejects %j', (url) => {
    expect(parseTarget(url, false)).toMatchObject({ ok: false, kind: 'forbiddenAddress' });
    expect(parseTarget(url, true)).toMatchObject({ ok: false, kind: 'forbiddenAddress' });
  });

  it.each(BAD)('rejects %j as an address', (url) => {
    expect(parseTarget(url, true)).toMatchObject({ ok: false, kind: 'badUrl' });
  });

  it.each(FINE)('leaves %j to DNS', (url) => {
    expect(parseTarget(url, false)).toMatchObject({ ok: true });
  });

  it('keeps the rejected address out of its error', () => {
    const refused = parseTarget('http://user:hunter2@10.0.0.7/secret-path', false);
    expect(JSON.stringify(refused)).not.toMatch(/hunter2|10\.0|secret-path/);
  });
});
